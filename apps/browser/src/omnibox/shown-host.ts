import { domainToASCII, domainToUnicode } from 'node:url';
import { imitatesKnownName } from './known-names.ts';
import { isSafeLabel } from './safe-label.ts';

/** Returns a host as it is shown: each label in its own script where that is safe, otherwise in punycode. */
export function shownHost(host: string): string {
  if (!host.includes('xn--')) return host;
  const labels = host.split('.');
  const topLevelDomain = domainToUnicode(labels.at(-1) ?? '');
  const shown = labels.map((label) => shownLabel(label, topLevelDomain));
  const imitates = shown.some((label, index) => label !== labels[index] && imitatesKnownName(label));
  return imitates ? host : shown.join('.');
}

function shownLabel(label: string, topLevelDomain: string): string {
  if (!label.startsWith('xn--') || label.endsWith('-')) return label;
  const unicode = domainToUnicode(label);
  const isValid = unicode !== '' && domainToASCII(unicode) === label;
  return isValid && isSafeLabel(unicode, topLevelDomain) ? unicode : label;
}
