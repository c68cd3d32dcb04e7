import type { TabOrder, TabState, WindowChange } from '@bulkhead/contracts';
import { SvelteMap } from 'svelte/reactivity';

const none: TabOrder = { tabs: [], pinned: 0 };

/**
 * The tabs of the window as the shell knows them, built from differences. Whoever reads one tab is told of that one
 * alone, so that a changed title does not draw thousands of tabs.
 */
export class OpenTabs {
  /** Every tab from left to right. Of some, nothing more may be known yet. */
  order: TabOrder = $state.raw(none);
  readonly #known = new SvelteMap<number, TabState>();

  /** What is known of a tab; undefined for one that has gone or has not come yet. */
  get(id: number): TabState | undefined {
    return this.#known.get(id);
  }

  /** The tab at this place of the order, to be drawn: for an instant without its title while thousands of tabs come. */
  at(index: number): DrawnTab {
    const id = this.order.tabs[index] ?? 0;
    return this.#known.get(id) ?? { ...unknown, id, pinned: index < this.order.pinned };
  }

  /** All that are known, in the order in which they came. */
  get all(): Iterable<TabState> {
    return this.#known.values();
  }

  /** Takes one difference in. Returns the tabs that it told of, as they are now. */
  take({ order, tabs, changed }: Pick<WindowChange, 'order' | 'tabs' | 'changed'>): TabState[] {
    if (order) this.#takeOrder(order);
    const told = [...tabs];
    for (const difference of changed) {
      const before = this.#known.get(difference.id);
      if (before) told.push(Object.assign({}, before, difference));
    }
    for (const tab of told) this.#known.set(tab.id, tab);
    return told;
  }

  #takeOrder(order: TabOrder): void {
    const open = new Set(order.tabs);
    for (const id of this.#known.keys()) if (!open.has(id)) this.#known.delete(id);
    this.order = order;
  }
}

/** What the strip draws of a tab. */
export type DrawnTab = Pick<
  TabState,
  | 'id'
  | 'title'
  | 'shownAddress'
  | 'favicon'
  | 'internal'
  | 'loading'
  | 'pinned'
  | 'pid'
  | 'sharesProcessWith'
  | 'ended'
  | 'failed'
  | 'responsive'
  | 'hang'
  | 'memory'
  | 'dialog'
  | 'debugged'
  | 'printing'
  | 'deadFrames'
>;

const unknown: Omit<DrawnTab, 'id' | 'pinned'> = {
  title: '',
  shownAddress: '',
  favicon: null,
  internal: false,
  loading: false,
  pid: null,
  sharesProcessWith: [],
  ended: null,
  failed: null,
  responsive: true,
  hang: null,
  memory: null,
  dialog: null,
  debugged: false,
  printing: false,
  deadFrames: [],
};
