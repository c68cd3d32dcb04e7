import type { Tab } from '../tabs/tab.ts';
import type { TabStrip } from '../tabs/tab-strip.ts';
import { Recent } from '../timing/recent.ts';

/**
 * Number of new documents to which a page may send its own tab within `withinMs`. A page that refreshes every second
 * stays below it, and on a busy machine a loop is not faster.
 */
const mostLoads = 40;
const withinMs = 30_000;

/** Ends pages that reload themselves endlessly. Reloads by the user do not count. */
export class ReloadLoops {
  constructor(strip: TabStrip) {
    for (const tab of strip.tabs) this.#watch(tab);
    strip.on('added', (tab) => this.#watch(tab));
  }

  #watch(tab: Tab): void {
    const loads = new Recent(withinMs);
    tab.contents.on('did-start-navigation', ({ isMainFrame, isSameDocument, initiator }) => {
      if (!isMainFrame || isSameDocument || !initiator) return;
      if (loads.add() <= mostLoads) return;
      loads.clear();
      // Deferred, because this is within the navigation's own event.
      setImmediate(() => tab.kill('reload-loop'));
    });
  }
}
