import type { SavedEntry } from '../storage/session/saved-session.ts';
import type { HistoryEntry } from '../storage/session/saved-tab.ts';
import type { RuntimeHistory } from './tab-history.ts';

/** The address in Electron's list for the answer to a form of an earlier session. */
export const placeholder = 'about:blank';

interface Mark {
  /** Address of the entry in Electron's list. */
  url: string;
  /** The saved entry, when the content of the form that it answered is lost. */
  lost?: SavedEntry;
  /** The entry shows the source of that address. Electron's list has the address only. */
  source?: boolean;
}

/** The committed document: the answer to a form, or a placeholder for an answer of an earlier session. */
export interface Commit {
  answer?: boolean;
  /** The document shows the source of a page. */
  source?: boolean;
  lost?: SavedEntry | undefined;
  /** Only the place in the same document changed. */
  inPage?: boolean;
}

/**
 * Electron's navigation history, with marks on the entries that are the answer to a form or show the source of a page.
 * Electron does not report either, and requests the answer to a form by GET when it knows only the address.
 */
export class FormEntries implements RuntimeHistory {
  readonly #runtime: RuntimeHistory;
  #marks = new Map<number, Mark>();
  /** The mark of the active entry. */
  #active: Mark | undefined;

  constructor(runtime: RuntimeHistory) {
    this.#runtime = runtime;
  }

  /** True when the active entry is the answer to a form. */
  get isAnswer(): boolean {
    return this.#active !== undefined && !this.#active.source;
  }

  /** The saved entry for which the active entry is a placeholder. */
  get lost(): SavedEntry | undefined {
    return this.#active?.lost;
  }

  /** Marks the placeholders among entries that Electron is about to restore. */
  restore(entries: readonly SavedEntry[]): void {
    for (const [index, entry] of entries.entries()) {
      if (entry.posted) this.#marks.set(index, { url: placeholder, lost: entry });
      else if (entry.address.startsWith(sourceOf(''))) {
        this.#marks.set(index, { url: entry.address.slice(sourceOf('').length), source: true });
      }
    }
  }

  /** A document has committed or failed, or the place in one has changed. Reads only marked entries. */
  committed({ answer = false, source = false, lost, inPage = false }: Commit): void {
    const before = this.#active;
    if (this.#marks.size > 0) this.#align();
    const index = this.#runtime.getActiveIndex();
    const known = this.#marks.get(index);
    this.#active = undefined;
    if (!answer && !source && !lost && !known && !(inPage && before)) return;
    const url = this.#urlAt(index) ?? '';
    // A place within an answer is still the answer. Another address, from `pushState`, is requested by GET.
    const isPlaceInAnswer =
      inPage && before !== undefined && !before.source && withoutFragment(before.url) === withoutFragment(url);
    if (source) this.#active = { url, source };
    else if (lost) this.#active = { url, lost };
    else if (known?.lost && url === placeholder) this.#active = known;
    else if (answer || isPlaceInAnswer) this.#active = { url };
    if (this.#active) this.#marks.set(index, this.#active);
    else this.#marks.delete(index);
  }

  clear(): void {
    this.#runtime.clear();
    this.#marks = new Map(this.#active ? [[0, this.#active]] : []);
  }

  length(): number {
    return this.#runtime.length();
  }

  getEntryAtIndex(index: number): HistoryEntry | null {
    const entry = this.#runtime.getEntryAtIndex(index);
    const mark = this.#marks.get(index);
    if (!entry || mark?.url !== entry.url) return entry;
    if (mark.source) return { url: sourceOf(entry.url), title: entry.title };
    return { url: mark.lost?.address ?? entry.url, title: mark.lost?.title ?? entry.title, posted: true };
  }

  getActiveIndex(): number {
    return this.#runtime.getActiveIndex();
  }

  canGoBack(): boolean {
    return this.#runtime.canGoBack();
  }

  canGoForward(): boolean {
    return this.#runtime.canGoForward();
  }

  goBack(): void {
    this.#runtime.goBack();
  }

  goForward(): void {
    this.#runtime.goForward();
  }

  /** Moves the marks down when a full list has dropped its oldest entry. */
  #align(): void {
    const marks = [...this.#marks];
    const moved = marks.some(([index, { url }]) => this.#urlAt(index) !== url) ? 1 : 0;
    this.#marks = new Map(
      marks
        .map(([index, mark]): [number, Mark] => [index - moved, mark])
        .filter(([index, { url }]) => this.#urlAt(index) === url),
    );
  }

  #urlAt(index: number): string | undefined {
    return index < 0 ? undefined : this.#runtime.getEntryAtIndex(index)?.url;
  }
}

/** Returns the address of a page's source. */
export const sourceOf = (address: string) => `view-source:${address}`;

const withoutFragment = (address: string) => address.replace(/#.*$/s, '');
