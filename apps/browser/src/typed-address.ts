import { parse } from 'tldts';

/** Schemes that a person may open by typing. `javascript:` and `data:` in the address bar are a way to be tricked. */
const typedSchemes = new Set(['http:', 'https:', 'file:', 'bulkhead:', 'about:', 'chrome:', 'view-source:']);
const searchAddress = (words: string) => `https://duckduckgo.com/?q=${encodeURIComponent(words)}`;

/** What a person typed, as an address: a URL, a host name, or words to search for. */
export function resolveTyped(input: string): string {
  const text = input.trim();
  if (text === '') return 'bulkhead://newtab/';
  const direct = URL.canParse(text) ? new URL(text) : undefined;
  // `localhost:8080` parses as a URL with the scheme `localhost:`.
  if (direct && typedSchemes.has(direct.protocol)) return direct.href;
  if (text.startsWith('/') && !text.startsWith('//')) return new URL(text, 'file:///').href;
  if (!/\s/.test(text) && looksLikeHost(text)) return new URL(`${schemeFor(text)}//${text}`).href;
  return searchAddress(text);
}

function looksLikeHost(text: string): boolean {
  if (!URL.canParse(`http://${text}`)) return false;
  const { hostname, isIp, isIcann, isPrivate } = parse(text, { allowPrivateDomains: true });
  return hostname === 'localhost' || hostname?.endsWith('.localhost') || isIp || isIcann || isPrivate || false;
}

/** Loopback has no certificate; the rest of the web does. */
function schemeFor(text: string): 'http:' | 'https:' {
  const { hostname } = new URL(`http://${text}`);
  return hostname === 'localhost' || hostname.endsWith('.localhost') || /^127\./.test(hostname) || hostname === '[::1]'
    ? 'http:'
    : 'https:';
}
