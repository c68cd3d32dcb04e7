import type { FramePath } from '../frame-path.ts';
import type { Tab } from '../tab.ts';
import type { TabStrip } from '../tab-strip.ts';

/** CSS pixels. */
interface Place {
  x: number;
  y: number;
}

/** Number of a JavaScript world that neither the page nor its preload (999) runs in. */
const world = 1001;

/**
 * Where each page was scrolled to when its process ended: a page that Chromium loads again in a new process begins at its
 * top. The plugin asks the page with the frames that it reads.
 */
export class ScrollPlaces {
  readonly #places = new WeakMap<Tab, Place>();
  /** The places of tabs whose process has ended. The next document takes them. */
  readonly #kept = new WeakMap<Tab, { place: Place; address: string }>();

  constructor(strip: TabStrip, framePath: FramePath) {
    framePath.on('statistics', ({ tab: id, statistics: { scroll } }) => {
      const tab = strip.find(id);
      if (tab && scroll) this.#places.set(tab, scroll);
    });
    strip.on('added', (tab) => {
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
function scrollOnceLoaded({ contents }: Tab, { x, y }: Place): void {
  const code = `if (scrollX === 0 && scrollY === 0) scrollTo(${x}, ${y}); 0`;
  contents.executeJavaScriptInIsolatedWorld(world, [{ code }]).catch(() => undefined); // it has gone
}
