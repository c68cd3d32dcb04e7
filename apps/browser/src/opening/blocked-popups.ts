import { mostBlockedPopups, mostListedPopups } from '@bulkhead/contracts';
import type { HandlerDetails } from 'electron';
import { withoutCredentials } from '../omnibox/credentials.ts';
import type { Tab } from '../tabs/tab.ts';
import { siteOf } from './popup-sites.ts';

/** What is kept of a window that was not opened. */
export type Asked = Pick<HandlerDetails, 'url' | 'referrer' | 'postBody'>;

/** A longer address, or a larger form, is counted and cannot be opened later. */
const longestAddress = 8192;
const largestBodyBytes = 65_536;
/** How much of an address is shown. */
const longestShown = 512;

/** The windows that the document of a tab wanted to open without a gesture. They go with the document. */
export class BlockedPopups {
  readonly #tab: Tab;
  #count = 0;
  #tooMany = false;
  #kept: Asked[] = [];

  constructor(tab: Tab) {
    this.#tab = tab;
    // The state of a new document begins without any.
    tab.on('committed', () => {
      this.#count = 0;
      this.#tooMany = false;
      this.#kept = [];
    });
  }

  /** `tooMany`: for the number of tabs that the page has opened, not for want of a gesture. */
  add({ url, referrer, postBody }: Asked, { tooMany = false } = {}): void {
    // A flood changes nothing any more, and costs no message to the interface.
    if (this.#count >= mostBlockedPopups && tooMany === this.#tooMany) return;
    this.#tooMany = tooMany;
    this.#count = Math.min(mostBlockedPopups, this.#count + 1);
    if (this.#kept.length < mostListedPopups && url.length <= longestAddress && sizeOf(postBody) <= largestBodyBytes)
      this.#kept.push({ url, referrer, ...(postBody && { postBody }) });
    this.#tell();
  }

  /** The one at this place of the list, which leaves it; undefined when there is none. */
  take(index: number): Asked | undefined {
    const [asked] = this.#kept.splice(index, 1);
    if (asked) this.#count--;
    this.#tell();
    return asked;
  }

  /** The only one, where there is only one and it can be opened. */
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
