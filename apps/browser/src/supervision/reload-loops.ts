import type { Tab } from '../tabs/tab.ts';
import type { TabStrip } from '../tabs/tab-strip.ts';

/**
 * A page that sends its own tab to a new document so often within this time, ms, does nothing else any more: one that
 * refreshes every second does not, and on a busy machine a loop is not faster.
 */
const mostLoads = 40;
const withinMs = 30_000;

/** Ends pages that keep loading themselves again. What a person reloads counts for nothing. */
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
      // Not inside the navigation's own event.
      setImmediate(() => tab.kill('reload-loop'));
    });
  }
}
