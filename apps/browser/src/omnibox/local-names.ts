/**
 * Names for local use (RFC 6761, RFC 6762 with its appendix G, RFC 7686, ICANN). The names at the end of the list are
 * in no registry, but many private networks use them. They must not reach a search engine.
 */
const localSuffixes = [
  'localhost',
  'local',
  'internal',
  'test',
  'example',
  'lan',
  'home',
  'corp',
  'intranet',
  'private',
  'localdomain',
  'home.arpa',
  'onion',
  'intra',
  'intern',
  'lokal',
  'localnet',
  'workgroup',
  'dmz',
  'vpn',
  'consul',
  'i2p',
];

const withoutLastDot = (host: string) => host.replace(/\.$/, '');

/** `host` is in URL form: lower case, ASCII. A single label is not a local name, except `localhost`. */
export function isLocalName(host: string): boolean {
  const name = withoutLastDot(host);
  return name === 'localhost' || localSuffixes.some((suffix) => name.endsWith(`.${suffix}`));
}
