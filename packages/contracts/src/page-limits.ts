/**
 * Bounds of everything that a page controls: lengths in UTF-16 code units, counts where the name says `most`. The
 * browser brings each fact within its bound where the fact enters (`apps/browser/src/bounds/page-facts.ts`), and the contracts
 * take their maxima from here: no page can violate a contract.
 */
export const pageLimits = {
  titleLength: 1024,
  addressLength: 65_536,
  /** `https://example.org`. */
  originLength: 2048,
  /** A `data:` address of an icon. */
  iconLength: 131_072,
  /** Where an icon is fetched from. */
  iconAddressLength: 65_536,
  /** Text of an alert, a confirm or a prompt. */
  dialogTextLength: 4096,
  /** Name of a network error, such as 'ERR_CONNECTION_REFUSED'. */
  errorNameLength: 128,
  /** Call stack of a page that hangs. */
  stackLength: 16_384,
  /** What an exception said. */
  messageLength: 512,
  frameAddressLength: 8192,
  /** Frames of one page that are followed and shown. */
  mostFrames: 64,
  /** Frames of one page that are looked at. Chromium lets a page have 1000. */
  mostWalkedFrames: 1024,
  /** Open tabs that a page has opened, with those that they have opened in turn. */
  mostOpenedTabs: 100,
  /** Entries of a tab's back and forward list that are kept for the next start, on each side of the present one. */
  mostEntriesEachWay: 25,
  /** Scroll position and form of one entry, as the runtime encodes them. */
  pageStateLength: 16_384,
  /** Address and title of a visited page. */
  visitAddressLength: 2048,
  visitTitleLength: 512,
  /** Characters that one tab may have in the saved session, in all its entries. */
  savedTabLength: 262_144,
} as const;
