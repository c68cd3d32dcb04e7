import type { TabOrder, TabState, WindowChange } from '@bulkhead/contracts';
import { SvelteMap } from 'svelte/reactivity';

const none: TabOrder = { tabs: [], pinned: 0 };

/**
 * The window's tabs as the shell knows them, built from differences. A reader of one tab is notified of that tab only,
 * so that a changed title does not redraw thousands of tabs.
 */
export class OpenTabs {
  /** Every tab from left to right. The states of some tabs may not have come yet. */
  order: TabOrder = $state.raw(none);
  readonly #known = new SvelteMap<number, TabState>();

  /** Returns the state of a tab; undefined if the tab is closed or its state has not come yet. */
  get(id: number): TabState | undefined {
    return this.#known.get(id);
  }

  /** Returns the tab at this index, to be drawn. While thousands of tabs arrive, it may briefly have no title. */
  at(index: number): DrawnTab {
    const id = this.order.tabs[index] ?? 0;
    return this.#known.get(id) ?? { ...unknown, id, pinned: index < this.order.pinned };
  }

  /** All known tabs, in order of arrival. */
  get all(): Iterable<TabState> {
    return this.#known.values();
  }

  /** Applies one difference. Returns the new states of the tabs in it. */
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

/** Fields of a tab that the strip draws. */
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
