import { hasKnownSuffix, ipv4NumbersIn, ipv4Of, isCompliantHost } from './host-names.ts';
import { isLocalName } from './local-names.ts';
import { openedSchemes } from './schemes.ts';
import { type TypedParts, typedParts } from './typed-parts.ts';

/**
 * Returns the address that Chrome opens when the user types this text, or undefined when Chrome searches. Follows
 * `AutocompleteInput::Parse` of Chromium's components/omnibox, whose published unit tests are in this module's test.
 * Does not handle file paths.
 */
export function chromeAnswer(text: string, parts: TypedParts): string | undefined {
  const { scheme, hasScheme } = parts;
  if (openedSchemes.has(scheme)) return opened(text, parts);
  if (scheme !== 'http' && scheme !== 'https') return withPassword(text);
  const fixed = fixUp(parts);
  if (!URL.canParse(fixed)) return undefined;
  const url = new URL(fixed);
  const address = () => (hasScheme ? url : upgraded(url, parts)).href;
  const { hostname } = url;
  if (hostname.startsWith('[')) return address();
  const ipv4 = ipv4Of(hostname);
  if (!ipv4 && text !== 'invalid' && (!isCompliantHost(hostname) || /(^|\.)invalid\.?$/.test(hostname)))
    return undefined;
  const numbers = ipv4 && ipv4NumbersIn(parts.host ?? '');
  if (ipv4) {
    const [first] = ipv4;
    if ((first !== 0 || ipv4.every((number) => number === 0)) && numbers === 4) return address();
    if (first === 0) return undefined;
  }
  if (hasScheme) return address();
  // A user name with a blank, as in `to do: @home/`, is not an address.
  const hasOddUser = /\s/.test(parts.user ?? '');
  if (/[/\\]$/.test(parts.path ?? '') && !hasOddUser) return address();
  if ((numbers ?? 0) > 1 || hasOddUser) return undefined;
  if (partsBesideHost(parts) > 1 || isLocalName(hostname) || parts.port) return address();
  // `user@host` is more likely an e-mail address.
  return !url.username && hasKnownSuffix(hostname) ? address() : undefined;
}

function opened(text: string, { scheme, host, path, query, fragment }: TypedParts): string | undefined {
  if (scheme === 'view-source') {
    const inner = text.slice('view-source:'.length).trim();
    const address = /^view-source:/i.test(inner) ? undefined : chromeAnswer(inner, typedParts(inner));
    return address && `view-source:${address}`;
  }
  if (/^about:(blank|srcdoc)(\/?[?#].*)?$/isu.test(text)) return new URL(text.toLowerCase()).href;
  const tail = `${query === undefined ? '' : `?${query}`}${fragment === undefined ? '' : `#${fragment}`}`;
  if (scheme === 'bulkhead') return `bulkhead://${host || 'newtab'}${path ?? ''}${tail}`;
  if (scheme === 'about' || scheme === 'chrome') return `chrome://${host || 'version'}${path || '/'}${tail}`;
  return URL.canParse(text) ? new URL(text).href : undefined;
}

/** Handles `user:password@host`, which looks as if it had a scheme. */
function withPassword(text: string): string | undefined {
  const parts = typedParts(`http://${text}`);
  if (!parts.user || !parts.password || /\s/.test(parts.password) || !URL.canParse(fixUp(parts))) return undefined;
  return chromeAnswer(`http://${text}`, parts) && upgraded(new URL(fixUp(parts)), parts).href;
}

/** Returns the address that the parts make. Dots around the host are typing errors. */
function fixUp({ scheme, user, password, host = '', port, path, query, fragment }: TypedParts): string {
  const trimmed = /[^.]/.test(host) ? host.replace(/^\.+/, '').replace(/\.+$/, '.') : host;
  const userInfo = user === undefined ? '' : `${user}${password === undefined ? '' : `:${password}`}@`;
  return [
    `${scheme}://${userInfo}${trimmed}`,
    port ? `:${port}` : '',
    path || '/',
    query === undefined ? '' : `?${query}`,
    fragment === undefined ? '' : `#${fragment}`,
  ].join('');
}

/** Upgrades http to https for public host names. Local names, IP addresses and other ports may have no certificate. */
function upgraded(url: URL, { scheme }: TypedParts): URL {
  const { hostname, port } = url;
  const isPublic = hasKnownSuffix(hostname) && !isLocalName(hostname);
  if (scheme !== 'http' || port !== '' || !isPublic) return url;
  return new URL(`https${url.href.slice('http'.length)}`);
}

const partsBesideHost = ({ user, password, port, path, query, fragment }: TypedParts): number =>
  [user, password, port, path, query, fragment].filter(Boolean).length;
