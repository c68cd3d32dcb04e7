import { type LoadFailure, pageLimits } from '@bulkhead/contracts';

/** Cuts a text to a length, never between the two halves of a surrogate pair. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const lastUnit = text.charCodeAt(length - 1);
  const splitsPair = lastUnit >= 0xd800 && lastUnit < 0xdc00;
  return text.slice(0, splitsPair ? length - 1 : length);
}

/**
 * Characters that change the direction of the text after them, such as the rest of Bulkhead's sentence or the window's
 * name.
 */
const turningCharacters = /[\u202a-\u202e\u2066-\u2069]/g;

/** Returns a page's title, bounded, without characters that reorder the text around it. */
export const boundedTitle = (title: string): string =>
  cutText(title, pageLimits.titleLength).replaceAll(turningCharacters, '');

/** Number of characters shown of an address that is too long. */
const shownOfLongAddress = 512;

/**
 * Returns an address that may be shown and sent. An address that is too long is replaced by its start with a mark that
 * no address can end with: a cut address is another address, and must never be opened.
 */
export function boundedAddress(address: string): string {
  if (address.length <= pageLimits.addressLength) return address;
  return `${address.slice(0, shownOfLongAddress)}… [${address.length}]`;
}

/** True for the result of `boundedAddress` for an address that is too long. It must not be opened. */
export const isCutAddress = (text: string): boolean => /… \[\d+\]$/.test(text);

/** Returns why a page could not be loaded, bounded so that it may be shown and sent. */
export const boundedLoadFailure = ({ address, name, ...rest }: LoadFailure): LoadFailure => ({
  ...rest,
  address: boundedAddress(address),
  name: cutText(name, pageLimits.errorNameLength),
});

/**
 * Returns the origin of an address as the standard serializes it, or an empty text when it cannot be parsed. The host
 * is near the start of an address, so only the start of a long one is read.
 */
export function boundedOrigin(address: string): string {
  const { origin } = beginningOf(address) ?? { origin: '' };
  return origin.length <= pageLimits.originLength ? origin : '';
}

/** Returns scheme and host of an address, or null when it cannot be parsed. A `file:` page has no host. */
export function boundedSite(address: string): string | null {
  const url = beginningOf(address);
  return url && cutText(`${url.protocol}//${url.host}`, pageLimits.originLength);
}

function beginningOf(address: string): URL | null {
  const beginning = address.slice(0, 2 * pageLimits.originLength);
  return URL.canParse(beginning) ? new URL(beginning) : null;
}
