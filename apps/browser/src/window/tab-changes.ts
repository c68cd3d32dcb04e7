import { isDeepStrictEqual } from 'node:util';
import type { TabOrder, TabState, WindowChange } from '@bulkhead/contracts';

export interface ListedTab {
  readonly id: number;
  readonly pinned: boolean;
}

interface TabChangesOptions<Tab extends ListedTab> {
  /** Every tab from left to right. A tab that replaces another one under the same number is another object. */
  list: () => readonly Tab[];
  /** Index of the active tab. The tabs beside it are sent first. */
  activeIndex: () => number;
  state: (tab: Tab) => TabState;
}

/** A piece has at most this many tabs, and is full when it has this many characters. */
export const pieceLimits = { tabs: 256, characters: 1_048_576 };

/**
 * The changes of the tabs that one reader does not know yet. Remembers what the reader knows and which tabs have
 * changed since, and reads a tab's state only when it sends it.
 */
export class TabChanges<Tab extends ListedTab> {
  readonly #options: TabChangesOptions<Tab>;
  #order: TabOrder = { tabs: [], pinned: 0 };
  #listed = new Map<number, Tab>();
  /** The state of each tab that the reader has got. */
  readonly #told = new WeakMap<Tab, TabState>();
  /**
   * Numbers of tabs that may have changed, and of tabs that the reader does not know. The unknown tabs are sent last.
   */
  readonly #changed = new Set<number>();
  #unknown = new Set<number>();
  #isOrderDue = true;

  constructor(options: TabChangesOptions<Tab>) {
    this.#options = options;
  }

  /** True if there may be something to send. */
  get any(): boolean {
    return this.#isOrderDue || this.#changed.size > 0 || this.#unknown.size > 0;
  }

  /** Notes that this tab may have changed. */
  note(id: number): void {
    this.#changed.add(id);
  }

  /** Notes that tabs may have come, gone or moved. */
  noteOrder(): void {
    this.#isOrderDue = true;
  }

  /** Takes the next piece to send. */
  take(): Omit<WindowChange, 'window'> {
    const order = this.#takeOrder();
    const tabs: WindowChange['tabs'] = [];
    const changed: WindowChange['changed'] = [];
    let characters = 0;
    for (const id of this.#due()) {
      if (tabs.length + changed.length >= pieceLimits.tabs || characters >= pieceLimits.characters) break;
      this.#changed.delete(id);
      this.#unknown.delete(id);
      const tab = this.#listed.get(id);
      if (!tab) continue;
      const before = this.#told.get(tab);
      const state = this.#options.state(tab);
      this.#told.set(tab, state);
      const difference = before && differenceOf(before, state);
      if (!before) tabs.push(state);
      else if (difference) changed.push({ ...difference, id });
      characters += charactersOf(difference ?? (before ? undefined : state));
    }
    return { order, tabs, changed };
  }

  *#due(): Generator<number> {
    yield* this.#changed;
    yield* this.#unknown;
  }

  /** Returns the order if it has changed. Tabs in it that the reader does not know become due. */
  #takeOrder(): TabOrder | null {
    if (!this.#isOrderDue) return null;
    this.#isOrderDue = false;
    const all = this.#options.list();
    const listed = new Map(all.map((tab) => [tab.id, tab]));
    // The reader forgets tabs that are gone.
    for (const [id, tab] of this.#listed) if (listed.get(id) !== tab) this.#told.delete(tab);
    this.#listed = listed;
    const tabs = [...fromTheMiddle(all, this.#options.activeIndex())];
    this.#unknown = new Set(tabs.filter((tab) => !this.#told.has(tab)).map(({ id }) => id));
    const order = { tabs: all.map(({ id }) => id), pinned: all.filter(({ pinned }) => pinned).length };
    if (isDeepStrictEqual(order, this.#order)) return null;
    this.#order = order;
    return order;
  }
}

/** Returns the fields that differ; undefined if none does. */
function differenceOf(before: TabState, after: TabState): Partial<TabState> | undefined {
  const keys = Object.keys(after) as (keyof TabState)[];
  const different = keys.filter((key) => before[key] !== after[key] && !isDeepStrictEqual(before[key], after[key]));
  if (different.length === 0) return undefined;
  return Object.fromEntries(different.map((key) => [key, after[key]]));
}

/** Returns the total length of all strings in a value, characters. */
function charactersOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((sum: number, each: unknown) => sum + charactersOf(each), 0);
}

/** Yields the item at `middle`, then its neighbours on both sides, and so on to both ends. */
function* fromTheMiddle<Item>(items: readonly Item[], middle: number): Generator<Item> {
  for (let distance = 0; distance < items.length; distance++) {
    const [left, right] = [items[middle - distance], items[middle + distance]];
    if (right) yield right;
    if (left && distance > 0) yield left;
  }
}
