import type { SavedEntry } from './saved-session.ts';
import type { History, HistoryEntry } from './saved-tab.ts';

/** What of the runtime's own list is used (`Electron.NavigationHistory`). */
export interface RuntimeHistory extends History {
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

/**
 * The back and forward list of a tab. Where the runtime cannot restore that of an earlier session (before Electron 34),
 * the entries around the page that it was at are kept here, and loaded by address when somebody goes there: in the
 * right order, without what was typed and without the scroll position. Then the runtime's own list begins anew.
 */
export class TabHistory implements History {
  readonly #runtime: RuntimeHistory;
  readonly #load: (entry: SavedEntry) => void;
  /** Oldest first: what comes before the runtime's own list, and behind it. */
  #older: SavedEntry[] = [];
  #newer: SavedEntry[] = [];
  /** What these two will be when the page comes that somebody went to. */
  #step: Around | undefined;
  #before = '';
  #version = 0;

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

  /** Somebody went elsewhere before the page came. */
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
    const list = JSON.stringify(this.#runtime.getAllEntries().map(({ url }) => url));
    // From here on it goes another way than it once did.
    if (!step && this.#before !== '' && list !== this.#before) this.#newer = [];
    this.#before = list;
  }

  getAllEntries(): ReturnType<History['getAllEntries']> {
    const asRuntime = ({ address, ...rest }: SavedEntry) => ({ url: address, ...rest });
    return [...this.#older.map(asRuntime), ...this.#runtime.getAllEntries(), ...this.#newer.map(asRuntime)];
  }

  getActiveIndex(): number {
    return this.#older.length + this.#runtime.getActiveIndex();
  }

  #stepTo(entry: SavedEntry, step: Around): void {
    this.#load(entry);
    this.#step = step;
  }

  #own(): SavedEntry[] {
    return this.#runtime.getAllEntries().map(({ url, ...rest }) => ({ address: url, ...rest }));
  }
}
