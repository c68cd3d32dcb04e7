import type { SavedEntry } from '../storage/session/saved-session.ts';
import { type History, type HistoryEntry, keptEntries } from '../storage/session/saved-tab.ts';

/** The part of Electron's list that is used (`Electron.NavigationHistory`). */
export interface RuntimeHistory {
  length(): number;
  getActiveIndex(): number;
  getEntryAtIndex(index: number): HistoryEntry | null;
  canGoBack(): boolean;
  canGoForward(): boolean;
  goBack(): void;
  goForward(): void;
  /** Removes every entry but the active one. */
  clear(): void;
}

interface Around {
  older: SavedEntry[];
  newer: SavedEntry[];
}

/** State of a list, enough to tell a new page from a step within the list. */
interface Place {
  length: number;
  active: number;
  last: string;
}

/** Chromium's limit of entries. At the limit a new page removes the oldest. */
const runtimeLength = 50;

/**
 * The navigation history of a tab. Before version 34, Electron cannot restore the list of an earlier session. Then the
 * entries around the active page are kept here, and loaded by address when the user goes to one: in the right order,
 * but without form content and scroll position. Electron's own list then starts over.
 *
 * A page may commit as often as it likes, with addresses of megabytes. So a commit reads nothing of the list, except
 * for a tab of an earlier session that still has forward entries.
 */
export class TabHistory implements History {
  readonly #runtime: RuntimeHistory;
  readonly #load: (entry: SavedEntry) => void;
  /** Entries before Electron's own list, oldest first, and after it. */
  #older: SavedEntry[] = [];
  #newer: SavedEntry[] = [];
  /** The new values of these two when the requested page commits. */
  #step: Around | undefined;
  #version = 0;
  /** Set while there are forward entries that a new page would remove. */
  #place: Place | undefined;

  /** `load` loads the page of an entry in the tab. */
  constructor(runtime: RuntimeHistory, load: (entry: SavedEntry) => void) {
    this.#runtime = runtime;
    this.#load = load;
  }

  /** Puts entries around Electron's list, which has one page now. */
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

  /** The user went elsewhere before the page committed. */
  abandonStep(): void {
    this.#step = undefined;
  }

  /** A different number whenever the list may have changed. */
  get version(): number {
    return this.#version;
  }

  /** An entry may have changed although no page has committed. */
  noteChange(): void {
    this.#version += 1;
  }

  /** A page has committed, or the place in one has changed. */
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
   * Returns the list after the contents are destroyed, when `current` was the only page in Electron's own list.
   * Undefined when there was no other page.
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

/** A step within the list, and a page that replaces its own entry, keep the forward entries. */
function isNewPage(before: Place, { length, active, last }: Place): boolean {
  if (length !== before.length) return true;
  const moved = active !== before.active || (length >= runtimeLength && active === length - 1);
  return moved && last !== before.last;
}
