import { mostBlockedPopups, mostListedPopups } from '@bulkhead/contracts';
import type { HandlerDetails } from 'electron';
import { withoutCredentials } from '../omnibox/credentials.ts';
import type { Tab } from '../tabs/tab.ts';
import { siteOf } from './popup-sites.ts';

/** The stored part of a window that was not opened. */
export type Asked = Pick<HandlerDetails, 'url' | 'referrer' | 'postBody'>;

/** A window with a longer address or a larger form is counted, but cannot be opened later. */
const longestAddress = 8192;
const largestBodyBytes = 65_536;
/** Number of characters of an address that are shown. */
const longestShown = 512;

/** The windows that a tab's document wanted to open without a gesture. They are dropped with the document. */
export class BlockedPopups {
  readonly #tab: Tab;
  #count = 0;
  #tooMany = false;
  #kept: Asked[] = [];

  constructor(tab: Tab) {
    this.#tab = tab;
    // A new document starts without blocked pop-ups.
    tab.on('committed', () => {
      this.#count = 0;
      this.#tooMany = false;
      this.#kept = [];
    });
  }

  /** `tooMany`: blocked because of the number of tabs that the page has opened, not because a gesture was missing. */
  add({ url, referrer, postBody }: Asked, { tooMany = false } = {}): void {
    // Above the limit nothing changes any more, and no message goes to the shell.
    if (this.#count >= mostBlockedPopups && tooMany === this.#tooMany) return;
    this.#tooMany = tooMany;
    this.#count = Math.min(mostBlockedPopups, this.#count + 1);
    if (this.#kept.length < mostListedPopups && url.length <= longestAddress && sizeOf(postBody) <= largestBodyBytes)
      this.#kept.push({ url, referrer, ...(postBody && { postBody }) });
    this.#tell();
  }

  /** Removes and returns the window at this index of the list, or undefined. */
  take(index: number): Asked | undefined {
    const [asked] = this.#kept.splice(index, 1);
    if (asked) this.#count--;
    this.#tell();
    return asked;
  }

  /** Removes and returns the window if it is the only one and can be opened. */
  takeOnly(): Asked | undefined {
    return this.#count === 1 ? this.take(0) : undefined;
  }

  dismiss(): void {
    this.#count = 0;
    this.#kept = [];
    this.#tell();
  }

  #tell(): void {
    const addresses = this.#kept.map(({ url }) => withoutCredentials(url).slice(0, longestShown));
    const site = siteOf(this.#tab.committedAddress);
    const [count, tooMany] = [this.#count, this.#tooMany];
    this.#tab.note({ blockedPopups: count === 0 ? null : { count, addresses, site, tooMany } });
  }
}

function sizeOf(body: Asked['postBody']): number {
  let bytes = 0;
  for (const part of body?.data ?? []) bytes += 'bytes' in part ? part.bytes.length : 0;
  return bytes;
}
