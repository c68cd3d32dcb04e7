import type { SavedEntry } from '../storage/session/saved-session.ts';
import type { HistoryEntry } from '../storage/session/saved-tab.ts';
import type { RuntimeHistory } from './tab-history.ts';

/** The address that stands in the runtime's list for a form's answer of an earlier session. */
export const placeholder = 'about:blank';

interface Mark {
  /** Of the entry in the runtime's list. */
  url: string;
  /** What the entry stands for, where the form that it answered is not known any more. */
  lost?: SavedEntry;
  /** It shows the source of that address: the runtime's list names the address alone. */
  source?: boolean;
}

/** What has come: the answer to a form, or, of an earlier session, only the knowledge that there was one. */
export interface Commit {
  answer?: boolean;
  /** The source of a page. */
  source?: boolean;
  lost?: SavedEntry | undefined;
  /** Another place in the same document. */
  inPage?: boolean;
}

/**
 * The runtime's back and forward list, with the entries marked that answer a form, or that show the source of a page.
 * The runtime does not tell them, and asks for a form's answer by GET as soon as it knows no more than its address.
 */
export class FormEntries implements RuntimeHistory {
  readonly #runtime: RuntimeHistory;
  #marks = new Map<number, Mark>();
  /** The mark of the entry that the list is at. */
  #active: Mark | undefined;

  constructor(runtime: RuntimeHistory) {
    this.#runtime = runtime;
  }

  /** The entry that the list is at answers a form. */
  get isAnswer(): boolean {
    return this.#active !== undefined && !this.#active.source;
  }

  /** What the entry that the list is at stands for, where its form is lost. */
  get lost(): SavedEntry | undefined {
    return this.#active?.lost;
  }

  /** Marks the placeholders among entries that the runtime is about to restore. */
  restore(entries: readonly SavedEntry[]): void {
    for (const [index, entry] of entries.entries()) {
      if (entry.posted) this.#marks.set(index, { url: placeholder, lost: entry });
      else if (entry.address.startsWith(sourceOf(''))) {
        this.#marks.set(index, { url: entry.address.slice(sourceOf('').length), source: true });
      }
    }
  }

  /** A document has come or failed, or another place in one. Reads marked entries only. */
  committed({ answer = false, source = false, lost, inPage = false }: Commit): void {
    const before = this.#active;
    if (this.#marks.size > 0) this.#align();
    const index = this.#runtime.getActiveIndex();
    const known = this.#marks.get(index);
    this.#active = undefined;
    if (!answer && !source && !lost && !known && !(inPage && before)) return;
    const url = this.#urlAt(index) ?? '';
    // A place in an answer is the same answer. Another address, by `pushState`, is asked for by GET.
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

  /** A full list drops its oldest entry for a new one, and all others move down. */
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

/** The address of the source of a page. */
export const sourceOf = (address: string) => `view-source:${address}`;

const withoutFragment = (address: string) => address.replace(/#.*$/s, '');
