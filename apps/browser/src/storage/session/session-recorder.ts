import type { SessionRecord } from './generation.ts';
import { lengthOf, type SavedTab, withinBudget } from './saved-session.ts';

/** A tab that is recorded. */
export interface RecordedTab {
  readonly id: number;
  readonly pinned: boolean;
  readonly address: string;
  readonly title: string;
  /** A different number whenever the history of the tab has changed. */
  readonly historyVersion: number;
  saved(): SavedTab;
}

export interface RecordedStrip {
  /** In order. A tab that replaces another one under its number is another object. */
  readonly kept: readonly RecordedTab[];
  readonly active: RecordedTab | undefined;
  /** `changed`: this tab changed or, without a tab, the order. */
  on(event: 'changed', listener: (tab?: RecordedTab) => void): unknown;
  /** `removed`: the tab's contents are destroyed, and it can no longer be saved. */
  on(event: 'added' | 'removed' | 'activated', listener: (tab: RecordedTab) => void): unknown;
}

/** The last recorded facts of a tab, which show whether it has to be read again. */
interface Facts {
  pinned: boolean;
  address: string;
  title: string;
  historyVersion: number;
  characters: number;
}

/**
 * Makes records of one window's session: of its changes, or of everything. Reads few tabs at a time, and only those
 * that changed. For a tab whose title alone changed, it records only the title.
 */
export class SessionRecorder {
  readonly #strip: RecordedStrip;
  readonly #known = new WeakMap<RecordedTab, Facts>();
  #listed = new Map<number, RecordedTab>();
  /** Numbers of tabs to read in this round, and in the next. */
  #due = new Set<number>();
  #later = new Set<number>();
  #isOrderDue = true;
  #order: readonly number[] = [];
  /** The saved tab that was active last. */
  #active: RecordedTab | undefined;
  #recordedActive: number | undefined;
  /** Number of characters recorded of all tabs together. */
  #characters = 0;

  constructor(strip: RecordedStrip) {
    this.#strip = strip;
    this.#active = strip.active;
    strip.on('changed', (tab) => {
      if (tab) this.#later.add(tab.id);
      else this.#isOrderDue = true;
    });
    strip.on('added', () => {
      this.#isOrderDue = true;
    });
    // The last tab stays in the session as recorded: when it closes, the window closes.
    strip.on('removed', (tab) => {
      this.#due.delete(tab.id);
      this.#later.delete(tab.id);
      if (this.#active === tab) this.#active = undefined;
    });
    strip.on('activated', (tab) => {
      this.#lookAgain(this.#active);
      if (strip.kept.includes(tab)) this.#active = tab;
      this.#isOrderDue = true;
    });
  }

  /** Tabs of this round are still to be read. */
  get hasMore(): boolean {
    return this.#due.size > 0;
  }

  /** There may be changes that are not recorded. */
  get isDue(): boolean {
    return this.#isOrderDue || this.#due.size > 0 || this.#later.size > 0;
  }

  /** Returns the changes that can be read within the time, or undefined when nothing changed. */
  take(sliceMs: number): SessionRecord | undefined {
    const record: SessionRecord = this.#takeOrder();
    if (this.#due.size === 0) {
      this.#due = this.#later;
      this.#later = new Set();
    }
    const until = performance.now() + sliceMs;
    let characters = 0;
    for (const id of this.#due) {
      this.#due.delete(id);
      const tab = this.#listed.get(id);
      if (tab) characters += this.#look(tab, record);
      // The characters are bounded, too, because one turn of the event loop writes them.
      if (performance.now() >= until || (characters >= partCharacters && Number.isFinite(sliceMs))) break;
    }
    return Object.keys(record).length > 0 ? record : undefined;
  }

  /**
   * Yields the whole session, in parts that each take `sliceMs`. `first`: nothing was recorded before, so the tabs read
   * here need not be recorded as changes. Yields nothing without tabs.
   */
  *whole(sliceMs: number, { first }: { first: boolean }): Generator<SessionRecord, void> {
    if (first) this.#takeOrder();
    const left = this.#strip.kept.toReversed();
    if (left.length === 0) return;
    while (left.length > 0) {
      const open = new Set(this.#strip.kept);
      const tabs: [number, SavedTab][] = [];
      const until = performance.now() + sliceMs;
      let characters = 0;
      do {
        const tab = left.pop();
        // The tab was closed meanwhile.
        if (!tab || !open.has(tab)) continue;
        // Record a pending change as a whole tab: the change may be undone before it is recorded.
        if (!first && this.#differs(tab)) this.#lookAgain(tab);
        const saved = first ? this.#record(tab) : withinBudget(tab.saved(), this.#characters);
        tabs.push([tab.id, saved]);
        characters += lengthOf(saved);
      } while (left.length > 0 && characters < partCharacters && performance.now() < until);
      yield { tabs };
    }
    const active = this.#recordedActive;
    yield { order: [...this.#order], ...(active !== undefined && { active }) };
  }

  /** Returns the order and the active tab where they changed. Without tabs they stay as they were. */
  #takeOrder(): SessionRecord {
    const record: SessionRecord = {};
    if (!this.#isOrderDue) return record;
    this.#isOrderDue = false;
    const { kept } = this.#strip;
    if (kept.length === 0) return record;
    const listed = new Map(kept.map((tab) => [tab.id, tab]));
    for (const [id, tab] of this.#listed) if (listed.get(id) !== tab) this.#forget(tab);
    this.#listed = listed;
    for (const tab of kept) if (!this.#known.has(tab)) this.#later.add(tab.id);
    const order = kept.map(({ id }) => id);
    if (order.length !== this.#order.length || order.some((id, index) => id !== this.#order[index])) {
      this.#order = order;
      record.order = order;
    }
    const front = this.#active?.id;
    const active = front !== undefined && order.includes(front) ? front : order[0];
    if (active !== undefined && active !== this.#recordedActive) record.active = active;
    this.#recordedActive = active;
    return record;
  }

  /** Adds the changes of this tab to the record. Returns their number of characters. */
  #look(tab: RecordedTab, record: SessionRecord): number {
    const before = this.#known.get(tab);
    if (!before || this.#differs(tab) === 'list') {
      record.tabs ??= [];
      const saved = this.#record(tab);
      record.tabs.push([tab.id, saved]);
      return lengthOf(saved);
    }
    if (!this.#differs(tab)) return 0;
    record.titles ??= [];
    record.titles.push([tab.id, tab.title.slice(0, longestTitle)]);
    before.title = tab.title;
    return Math.min(tab.title.length, longestTitle);
  }

  /** Says whether a tab differs from what was recorded: its history, or only its title. */
  #differs(tab: RecordedTab): 'list' | 'title' | false {
    const before = this.#known.get(tab);
    const isSameList =
      before?.historyVersion === tab.historyVersion && before.pinned === tab.pinned && before.address === tab.address;
    if (!isSameList) return 'list';
    return before.title === tab.title ? false : 'title';
  }

  #record(tab: RecordedTab): SavedTab {
    this.#forget(tab);
    const saved = withinBudget(tab.saved(), this.#characters);
    const { pinned, address, title, historyVersion } = tab;
    const characters = lengthOf(saved);
    this.#characters += characters;
    this.#known.set(tab, { pinned, address, title, historyVersion, characters });
    this.#due.delete(tab.id);
    this.#later.delete(tab.id);
    return saved;
  }

  #forget(tab: RecordedTab): void {
    this.#characters -= this.#known.get(tab)?.characters ?? 0;
    this.#known.delete(tab);
  }

  /** Electron does not report changes of the scroll position, so the tab is read again when the user leaves it. */
  #lookAgain(tab: RecordedTab | undefined): void {
    if (!tab) return;
    this.#forget(tab);
    this.#later.add(tab.id);
  }
}

/** Limit of one record, in characters. One turn of the event loop writes it. */
const partCharacters = 65_536;
const longestTitle = 1024;
