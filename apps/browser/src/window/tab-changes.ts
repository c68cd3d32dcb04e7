import { isDeepStrictEqual } from 'node:util';
import type { TabOrder, TabState, WindowChange } from '@bulkhead/contracts';

export interface ListedTab {
  readonly id: number;
  readonly pinned: boolean;
}

interface TabChangesOptions<Tab extends ListedTab> {
  /** Every tab from left to right. A tab that takes another one's place under its number is another object. */
  list: () => readonly Tab[];
  /** Place of the tab that is shown: what is beside it goes first. */
  activeIndex: () => number;
  state: (tab: Tab) => TabState;
}

/** One piece has so many tabs at most, and is full when it has so many characters. */
export const pieceLimits = { tabs: 256, characters: 1_048_576 };

/**
 * What one reader has to be told of the tabs. It remembers what the reader knows and which tabs have changed since, and
 * looks at a tab only when it is told.
 */
export class TabChanges<Tab extends ListedTab> {
  readonly #options: TabChangesOptions<Tab>;
  #order: TabOrder = { tabs: [], pinned: 0 };
  #listed = new Map<number, Tab>();
  /** What the reader knows of each tab. */
  readonly #told = new WeakMap<Tab, TabState>();
  /** Numbers of tabs that may have changed, and of tabs that the reader does not know: those go last. */
  readonly #changed = new Set<number>();
  #unknown = new Set<number>();
  #isOrderDue = true;

  constructor(options: TabChangesOptions<Tab>) {
    this.#options = options;
  }

  /** There is something to tell. */
  get any(): boolean {
    return this.#isOrderDue || this.#changed.size > 0 || this.#unknown.size > 0;
  }

  /** This tab may have changed. */
  note(id: number): void {
    this.#changed.add(id);
  }

  /** Tabs may have come, gone or moved. */
  noteOrder(): void {
    this.#isOrderDue = true;
  }

  /** Takes the next piece of what is to be told. */
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

  /** The order, when it is another one; tabs in it that the reader does not know are due. */
  #takeOrder(): TabOrder | null {
    if (!this.#isOrderDue) return null;
    this.#isOrderDue = false;
    const all = this.#options.list();
    const listed = new Map(all.map((tab) => [tab.id, tab]));
    // The reader forgets what has gone.
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

/** The fields that are different; undefined when none is. */
function differenceOf(before: TabState, after: TabState): Partial<TabState> | undefined {
  const keys = Object.keys(after) as (keyof TabState)[];
  const different = keys.filter((key) => before[key] !== after[key] && !isDeepStrictEqual(before[key], after[key]));
  if (different.length === 0) return undefined;
  return Object.fromEntries(different.map((key) => [key, after[key]]));
}

/** How long all texts in a value are together. */
function charactersOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((sum: number, each: unknown) => sum + charactersOf(each), 0);
}

/** The one at `middle`, then its neighbours on both sides, and so on to both ends. */
function* fromTheMiddle<Item>(items: readonly Item[], middle: number): Generator<Item> {
  for (let distance = 0; distance < items.length; distance++) {
    const [left, right] = [items[middle - distance], items[middle + distance]];
    if (right) yield right;
    if (left && distance > 0) yield left;
  }
}
