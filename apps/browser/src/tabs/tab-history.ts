import type { SavedEntry } from '../storage/session/saved-session.ts';
import { type History, type HistoryEntry, keptEntries } from '../storage/session/saved-tab.ts';

/** What of the runtime's own list is used (`Electron.NavigationHistory`). */
export interface RuntimeHistory {
  length(): number;
  getActiveIndex(): number;
  getEntryAtIndex(index: number): HistoryEntry | null;
  canGoBack(): boolean;
  canGoForward(): boolean;
  goBack(): void;
  goForward(): void;
  /** Forgets every entry but the one that is shown. */
  clear(): void;
}

interface Around {
  older: SavedEntry[];
  newer: SavedEntry[];
}

/** Where a list stands: enough to tell a new page from a step within the list. */
interface Place {
  length: number;
  active: number;
  last: string;
}

/** Entries that Chromium keeps at most: from then on a new page pushes the oldest out. */
const runtimeLength = 50;

/**
 * The back and forward list of a tab. Where the runtime cannot restore that of an earlier session (before Electron 34),
 * the entries around the page that it was at are kept here, and loaded by address when the user goes there: in the
 * right order, without what was typed and without the scroll position. Then the runtime's own list starts over.
 *
 * A page commits as often as it likes, with addresses of megabytes: a commit reads nothing of the list, but for a tab
 * of an earlier session that still has pages in front.
 */
export class TabHistory implements History {
  readonly #runtime: RuntimeHistory;
  readonly #load: (entry: SavedEntry) => void;
  /** Oldest first: what comes before the runtime's own list, and behind it. */
  #older: SavedEntry[] = [];
  #newer: SavedEntry[] = [];
  /** What these two will be when the page comes that the user went to. */
  #step: Around | undefined;
  #version = 0;
  /** Known while there is something in front that a new page would cut off. */
  #place: Place | undefined;

  /** `load` loads an entry's page in the tab. */
  constructor(runtime: RuntimeHistory, load: (entry: SavedEntry) => void) {
    this.#runtime = runtime;
    this.#load = load;
  }

  /** The runtime's list, which holds one page now, has these around it. */
  surround(older: readonly SavedEntry[], newer: readonly SavedEntry[]): void {
    this.#older = [...older];
    this.#newer = [...newer];
  }

  get canGoBack(): boolean {
    return this.#older.length > 0 || this.#runtime.canGoBack();
  }

  get canGoForward(): boolean {
    return this.#newer.length > 0 || this.#runtime.canGoForward();
  }

  goBack(): void {
    const to = this.#older.at(-1);
    if (this.#runtime.canGoBack() || !to) this.#runtime.goBack();
    else this.#stepTo(to, { older: this.#older.slice(0, -1), newer: [...this.#own(), ...this.#newer] });
  }

  goForward(): void {
    const to = this.#newer[0];
    if (this.#runtime.canGoForward() || !to) this.#runtime.goForward();
    else this.#stepTo(to, { older: [...this.#older, ...this.#own()], newer: this.#newer.slice(1) });
  }

  /** The user went elsewhere before the page came. */
  abandonStep(): void {
    this.#step = undefined;
  }

  /** Another number whenever the list may have changed. */
  get version(): number {
    return this.#version;
  }

  /** An entry may have changed although no page has come. */
  noteChange(): void {
    this.#version += 1;
  }

  /** A page has come, or another place in one. */
  committed(): void {
    this.noteChange();
    const step = this.#step;
    this.#step = undefined;
    if (step) {
      this.#older = step.older;
      this.#newer = step.newer;
      this.#runtime.clear();
    }
    const before = this.#place;
    this.#place = this.#newer.length > 0 ? this.#placeNow() : undefined;
    if (step || !before || !this.#place || !isNewPage(before, this.#place)) return;
    this.#newer = [];
    this.#place = undefined;
  }

  get length(): number {
    return this.#older.length + this.#runtime.length() + this.#newer.length;
  }

  get activeIndex(): number {
    return this.#older.length + this.#runtime.getActiveIndex();
  }

  entryAt(index: number): HistoryEntry | undefined {
    const own = index - this.#older.length;
    const kept = own < 0 ? this.#older[index] : this.#newer[own - this.#runtime.length()];
    return kept ? historyEntryOf(kept) : (own >= 0 && this.#runtime.getEntryAtIndex(own)) || undefined;
  }

  /**
   * The list after the end of its contents, when `current` was the only page in the runtime's own list. Undefined when
   * there was no other page at all.
   */
  around(current: HistoryEntry): History | undefined {
    const entries = [...this.#older.map(historyEntryOf), current, ...this.#newer.map(historyEntryOf)];
    if (entries.length === 1) return undefined;
    return { length: entries.length, activeIndex: this.#older.length, entryAt: (index) => entries[index] };
  }

  #stepTo(entry: SavedEntry, step: Around): void {
    this.#load(entry);
    this.#step = step;
  }

  #placeNow(): Place {
    const length = this.#runtime.length();
    const last = this.#runtime.getEntryAtIndex(length - 1)?.url ?? '';
    return { length, active: this.#runtime.getActiveIndex(), last };
  }

  #own(): SavedEntry[] {
    const runtime = this.#runtime;
    return keptEntries({
      length: runtime.length(),
      activeIndex: runtime.getActiveIndex(),
      entryAt: (index) => runtime.getEntryAtIndex(index) ?? undefined,
    });
  }
}

const historyEntryOf = ({ address, title, pageState, posted }: SavedEntry): HistoryEntry => ({
  url: address,
  title,
  pageState,
  posted,
});

/** A step within the list, and a page that replaces its own entry, keep what is in front. */
function isNewPage(before: Place, { length, active, last }: Place): boolean {
  if (length !== before.length) return true;
  const moved = active !== before.active || (length >= runtimeLength && active === length - 1);
  return moved && last !== before.last;
}
