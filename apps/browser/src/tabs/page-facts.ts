import { type LoadFailure, pageLimits } from '@bulkhead/contracts';

/** Cuts a text to a length, and never through the middle of a character. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const lastUnit = text.charCodeAt(length - 1);
  const splitsPair = lastUnit >= 0xd800 && lastUnit < 0xdc00;
  return text.slice(0, splitsPair ? length - 1 : length);
}

/** Characters that turn around what stands behind them: the rest of a sentence of ours, or the name of the window. */
const turningCharacters = /[\u202a-\u202e\u2066-\u2069]/g;

/** Title of a page, within its bound, and without power over what stands beside it. */
export const boundedTitle = (title: string): string =>
  cutText(title, pageLimits.titleLength).replaceAll(turningCharacters, '');

/** How much of an address that is too long is shown. */
const shownOfLongAddress = 512;

/**
 * An address as it may be shown and sent. One that is too long is replaced by its beginning with a mark that no address
 * can end with: a cut address is the address of something else, and must never be opened.
 */
export function boundedAddress(address: string): string {
  if (address.length <= pageLimits.addressLength) return address;
  return `${address.slice(0, shownOfLongAddress)}… [${address.length}]`;
}

/** Is this what `boundedAddress` made of an address that is too long? It stands for that address and opens nothing. */
export const isCutAddress = (text: string): boolean => /… \[\d+\]$/.test(text);

/** Why a page could not be loaded, as it may be shown and sent. */
export const boundedLoadFailure = ({ address, name, ...rest }: LoadFailure): LoadFailure => ({
  ...rest,
  address: boundedAddress(address),
  name: cutText(name, pageLimits.errorNameLength),
});

/**
 * Origin of an address, as the standard writes it; empty for what is no address. The host stands within the first
 * characters of an address, so that of a long one no more is read.
 */
export function boundedOrigin(address: string): string {
  const { origin } = beginningOf(address) ?? { origin: '' };
  return origin.length <= pageLimits.originLength ? origin : '';
}

/** Scheme and host of an address; null for what is no address. A `file:` page has no host. */
export function boundedSite(address: string): string | null {
  const url = beginningOf(address);
  return url && cutText(`${url.protocol}//${url.host}`, pageLimits.originLength);
}

function beginningOf(address: string): URL | null {
  const beginning = address.slice(0, 2 * pageLimits.originLength);
  return URL.canParse(beginning) ? new URL(beginning) : null;
}
