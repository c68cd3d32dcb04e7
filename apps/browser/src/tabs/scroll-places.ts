import type { ScrollPosition } from '@bulkhead/contracts';
import type { Tab } from './tab.ts';
import type { TabStrip } from './tab-strip.ts';

/** Number of a JavaScript world that neither the page nor its preload (999) runs in. */
const world = 1001;

/**
 * Where each page was scrolled to when its process ended: a page that Chromium loads again in a new process begins at its
 * top. The page's own process says where it is.
 */
export class ScrollPlaces {
  readonly #places = new WeakMap<Tab, ScrollPosition>();
  /** The places of tabs whose process has ended. The next document takes them. */
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
    // Another page begins where it wants to.
    if (kept?.address === tab.address) scrollOnceLoaded(tab, kept.place);
  }
}

/** Unless a person, or the page, has scrolled by then. */
function scrollOnceLoaded({ contents }: Tab, { x, y }: ScrollPosition): void {
  const code = `if (scrollX === 0 && scrollY === 0) scrollTo(${x}, ${y}); 0`;
  contents.executeJavaScriptInIsolatedWorld(world, [{ code }]).catch(() => undefined); // it has gone
}
