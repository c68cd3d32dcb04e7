import { parse } from 'tldts';

const withoutLastDot = (host: string) => host.replace(/\.$/, '');

/** True for a domain below a public suffix of the ICANN section, as in Chromium. */
export function hasKnownSuffix(host: string): boolean {
  const { isIcann, domain } = parse(withoutLastDot(host), { extractHostname: false, validateHostname: false });
  return isIcann === true && domain !== null;
}

/** True when all labels have only letters, digits, `-` and `_`, and the last one begins with a letter or a digit. */
export function isCompliantHost(host: string): boolean {
  const labels = withoutLastDot(host).split('.');
  return labels.every((label) => /^[a-z0-9_-]+$/.test(label)) && /^[a-z0-9]/.test(labels.at(-1) ?? '');
}

/** Returns the numbers of an IPv4 address in URL form, or undefined for every other host. */
export function ipv4Of(host: string): number[] | undefined {
  return /^\d+\.\d+\.\d+\.\d+$/.test(host) ? host.split('.').map(Number) : undefined;
}

/** Returns how many numbers an IPv4 address was typed with: `127.1` has two. Undefined for every other host. */
export function ipv4NumbersIn(typedHost: string): number | undefined {
  const address = `http://${typedHost}`;
  if (!URL.canParse(address) || !ipv4Of(new URL(address).hostname)) return undefined;
  return withoutLastDot(typedHost).split('.').length;
}
