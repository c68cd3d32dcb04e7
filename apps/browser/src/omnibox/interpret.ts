import { homedir } from 'node:os';
import { longestTyped, type Refusal } from '@bulkhead/contracts';
import { chromeAnswer } from './chrome-answer.ts';
import { debugAddress } from './debug-addresses.ts';
import { hasKnownSuffix } from './host-names.ts';
import { isLocalName } from './local-names.ts';
import { refusedSchemes } from './schemes.ts';
import { fileAddress, isWindowsPath } from './typed-file.ts';
import { typedParts } from './typed-parts.ts';

/**
 * The meaning of a typed text: an address to open, a fault to cause, words to search for, or a refusal with its reason.
 */
export type Meaning =
  | { navigate: string }
  /** A debug address: `bulkhead://crash`. */
  | { fault: string }
  /** The address of the search engine, with the words in it. */
  | { search: string }
  | { refuse: Refusal };

/** Longest address that is opened. The session stores no longer one. */
export const longestAddress = longestTyped;
/** Longest text to search for. Search engines answer longer addresses with an error. */
const longestSearch = 4096;

/** The facts that a file path depends on. */
interface System {
  platform: NodeJS.Platform;
  home: string;
}
const thisSystem: System = { platform: process.platform, home: homedir() };

const newTab = 'bulkhead://newtab/';
const refuse = (why: Refusal['why'], scheme: string | null = null): Meaning => ({ refuse: { why, scheme } });

/**
 * Decides what a typed text means. It tells addresses from searches as Chrome does, with three exceptions: a text that
 * may name a host of a private network is never searched for, a text with a password is never searched for, and an
 * address with a scheme that Bulkhead does not open is refused.
 */
export function interpret(typed: string, { platform, home }: System = thisSystem): Meaning {
  if (typed.length > longestTyped) return refuse('too-long');
  const text = typed.trim();
  if (text === '') return { navigate: newTab };
  if (text.startsWith('?')) return search(text.slice(1).trim() || text);
  if (isWindowsPath(text)) return platform === 'win32' ? navigate(fileAddress(text, home)) : refuse('windows-path');
  const parts = typedParts(text);
  if (parts.scheme === 'file' && !parts.hasScheme) return navigate(fileAddress(text, home));
  const [, ofSource] = /^view-source:\s*([/~].*)$/isu.exec(text) ?? [];
  if (ofSource !== undefined) return navigate(`view-source:${fileAddress(ofSource, home)}`);
  if (parts.scheme === 'javascript') return /^javascript:[^;=()."]*$/i.test(text) ? search(text) : refuse('script');
  if (refusedSchemes.has(parts.scheme)) return refuse('scheme', parts.scheme);
  const address = chromeAnswer(text, parts);
  if (address !== undefined) return navigate(address);
  if (parts.hasScheme && parts.scheme !== 'http' && parts.scheme !== 'https') {
    // An address of another application is refused. A word and a colon may be part of a search: `site:a.example`.
    if (text.startsWith('//', parts.scheme.length + 1)) return refuse('scheme', parts.scheme.slice(0, 64));
    return isLocalName(parts.scheme) || mayBePrivate(text, {}) ? refuse('malformed') : search(text);
  }
  return mayBePrivate(text, parts) ? refuse('malformed') : search(text);
}

function navigate(address: string): Meaning {
  if (address.length > longestAddress) return refuse('too-long');
  return debugAddress(address) ? { fault: address } : { navigate: address };
}

function search(words: string): Meaning {
  if (words.length > longestSearch) return refuse('search-too-long');
  if (hasPassword(words)) return refuse('password');
  return { search: `https://duckduckgo.com/?q=${encodeURIComponent(words.replace(loneSurrogates, '\ufffd'))}` };
}

const loneSurrogates = /\p{Surrogate}/gu;

/** Finds `user:password@`, also in full-width characters and without a user. A time is not a password: `10:30@home`. */
function hasPassword(words: string): boolean {
  const narrow = words.normalize('NFKC');
  for (const [, user = '', password = ''] of narrow.matchAll(/(?<![^\s/])([^\s:/@]*):([^\s@]+)@/gu))
    if (!/^\d{1,2}$/.test(user) || !/^\d{2}$/.test(password)) return true;
  return false;
}

/**
 * An IPv6 address with a zone, such as `fe80::1%eth0`. It names an interface of this machine, and a URL cannot contain
 * it.
 */
const zonedIpv6 = /^(https?:\/\/)?\[?(?=[0-9a-f.]*:)[0-9a-f:.]{2,45}%/i;

/** True for a text that is not a URL but may name a private host, which a search engine must not see. */
function mayBePrivate(
  text: string,
  { hasScheme = false, host = '' }: { hasScheme?: boolean; host?: string | undefined },
): boolean {
  if (/\s/.test(text)) return false;
  if (zonedIpv6.test(text)) return true;
  const name = host.toLowerCase().replace(/^\.+/, '');
  return isLocalName(name) || privateIpv4.test(name) || (hasScheme && !hasKnownSuffix(name));
}

/** Matches an address of a private network (RFC 1918), link-local or loopback. */
const privateIpv4 = /^(?:(?:10|127)\.\d{1,3}|169\.254|172\.(?:1[6-9]|2\d|3[01])|192\.168)(?:\.\d{1,3}){2}$/;
