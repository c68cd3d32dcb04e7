/**
 * Bounds of everything that a page controls: lengths in UTF-16 code units, counts where the name says `most`. The
 * browser brings each fact within its bound where the fact enters (`apps/browser/src/bounds/page-facts.ts`). The
 * contracts take their maxima from here, so no page can violate a contract.
 */
export const pageLimits = {
  titleLength: 1024,
  addressLength: 65_536,
  /** `https://example.org`. */
  originLength: 2048,
  /** A `data:` address of an icon. */
  iconLength: 131_072,
  /** Address from which an icon is fetched. */
  iconAddressLength: 65_536,
  /** Text of an alert, a confirm or a prompt. */
  dialogTextLength: 4096,
  /** Name of a network error, such as 'ERR_CONNECTION_REFUSED'. */
  errorNameLength: 128,
  /** Call stack of a page that hangs. */
  stackLength: 16_384,
  /** Message of an exception. */
  messageLength: 512,
  /** Text of one line of the log. */
  logTextLength: 2048,
  frameAddressLength: 8192,
  /** Subframes of one page that are followed and shown. */
  mostFrames: 64,
  /** Frames of one page that a walk over its frames visits. Chromium allows a page 1000. */
  mostWalkedFrames: 1024,
  /** Open tabs that a page has opened, directly or through tabs that it opened. */
  mostOpenedTabs: 100,
  /** Entries of a tab's back and forward list that are saved, on each side of the current one. */
  mostEntriesEachWay: 25,
  /** Scroll position and form data of one entry, as Electron encodes them. */
  pageStateLength: 16_384,
  /** Address and title of a visited page. */
  visitAddressLength: 2048,
  visitTitleLength: 512,
  /** Characters of all entries of one tab in the saved session. */
  savedTabLength: 262_144,
} as const;
