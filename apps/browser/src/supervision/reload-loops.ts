import type { Tab } from '../tabs/tab.ts';
import type { TabStrip } from '../tabs/tab-strip.ts';

/**
 * Number of new documents to which a page may send its own tab within `withinMs`. A page that refreshes every second
 * stays below it, and on a busy machine a loop is not faster.
 */
const mostLoads = 40;
const withinMs = 30_000;

/** Ends pages that reload themselves endlessly. Reloads by the user do not count. */
export class ReloadLoops {
  readonly #loads = new WeakMap<Tab, number[]>();

  constructor(strip: TabStrip) {
    for (const tab of strip.tabs) this.#watch(tab);
    strip.on('added', (tab) => this.#watch(tab));
  }

  #watch(tab: Tab): void {
    tab.contents.on('did-start-navigation', ({ isMainFrame, isSameDocument, initiator }) => {
      if (!isMainFrame || isSameDocument || !initiator) return;
      const now = performance.now();
      const loads = (this.#loads.get(tab) ?? []).filter((at) => now - at < withinMs);
      loads.push(now);
      this.#loads.set(tab, loads);
      if (loads.length <= mostLoads) return;
      this.#loads.delete(tab);
      // Deferred, because this is within the navigation's own event.
      setImmediate(() => tab.kill('reload-loop'));
    });
  }
}
