import type { ScrollPosition } from '@bulkhead/contracts';
import type { Tab } from './tab.ts';
import type { TabStrip } from './tab-strip.ts';

/** Id of a JavaScript world that neither the page nor its preload (999) runs in. */
const world = 1001;

/**
 * Restores the scroll position after a page's process has ended. A page that Chromium loads again in a new process
 * starts at the top. The page's own process reports the position.
 */
export class ScrollPlaces {
  readonly #places = new WeakMap<Tab, ScrollPosition>();
  /** Positions of tabs whose process has ended. The next document takes them. */
  readonly #kept = new WeakMap<Tab, { place: ScrollPosition; address: string }>();

  constructor(strip: TabStrip) {
    strip.on('added', (tab) => {
      tab.on('scrolled', (place) => this.#places.set(tab, place));
      tab.on('committed', () => {
        this.#places.delete(tab);
        this.#putBack(tab);
      });
      tab.on('ended', () => this.#keep(tab));
    });
  }

  #keep(tab: Tab): void {
    const place = this.#places.get(tab);
    if (!place) return;
    this.#kept.set(tab, { place, address: tab.address });
  }

  #putBack(tab: Tab): void {
    const kept = this.#kept.get(tab);
    this.#kept.delete(tab);
    // Another page starts where it wants to.
    if (kept?.address === tab.address) scrollOnceLoaded(tab, kept.place);
  }
}

/** Scrolls the page unless the user or the page has scrolled before. */
function scrollOnceLoaded({ contents }: Tab, { x, y }: ScrollPosition): void {
  const code = `if (scrollX === 0 && scrollY === 0) scrollTo(${x}, ${y}); 0`;
  contents.executeJavaScriptInIsolatedWorld(world, [{ code }]).catch(() => undefined); // the page is gone
}
