import {
  type HistoryPage,
  type HistoryQuery,
  mostSuggestions,
  mostVisitsAtOnce,
  type Suggestion,
  type Visit,
} from '@bulkhead/contracts';
import { shownText } from '../../omnibox/shown-text.ts';

export type NewVisit = Omit<Visit, 'id' | 'shownAddress'>;
/** A visit as it is stored. */
export type KeptVisit = Omit<Visit, 'shownAddress'>;

/** Maximum length of an address prepared for display. */
const longestShown = 8192;
/** First id of a visit of this run. Visits of earlier runs are read later and get smaller ids. */
const firstId = 1_000_000_000;

/** The stored visits, oldest first, and the queries on them. Does not touch the disk. */
export class Visits {
  readonly #most: number;
  #all: KeptVisit[] = [];
  #nextId = firstId;

  /** `most`: above this number the oldest visits are removed. */
  constructor(most: number) {
    this.#most = most;
  }

  /** The stored visits. Their titles may still be set. */
  get all(): readonly KeptVisit[] {
    return this.#all;
  }

  add(visit: NewVisit): KeptVisit {
    const added = { id: this.#nextId++, ...visit };
    this.#all.push(added);
    this.#forgetOldest();
    return added;
  }

  /** Puts the visits of earlier runs, oldest first, before those of this run. Called once. */
  prepend(kept: readonly NewVisit[]): void {
    this.#all = [...kept.map((each, index) => ({ id: index + 1, ...each })), ...this.#all];
    this.#forgetOldest();
  }

  /** Deletes one visit, or all with null. */
  delete(id: number | null): void {
    this.#all = id === null ? [] : this.#all.filter((each) => each.id !== id);
  }

  find({ text, before }: HistoryQuery): HistoryPage {
    const words = wordsOf(text);
    const total = this.#all.length;
    const visits: Visit[] = [];
    for (const each of this.#all.toReversed()) {
      if ((before !== null && each.id >= before) || !matches(each, words)) continue;
      if (visits.length === mostVisitsAtOnce) return { visits, more: true, total };
      visits.push({ ...each, shownAddress: shownAddressOf(each) });
    }
    return { visits, more: false, total };
  }

  /** Returns pages that match the text typed so far. Pages visited often and recently come first. */
  suggest(text: string): Suggestion[] {
    const words = wordsOf(text);
    if (words.length === 0) return [];
    const pages = new Map<string, Suggestion & { worth: number }>();
    for (const [index, each] of this.#all.entries()) {
      if (!matches(each, words)) continue;
      const { address, title } = each;
      const shownAddress = shownAddressOf(each);
      // A visit counts half when a hundred newer ones follow it.
      const worth = (pages.get(address)?.worth ?? 0) + 100 / (100 + this.#all.length - index);
      pages.set(address, { address, shownAddress, title, worth });
    }
    return [...pages.values()]
      .sort((one, other) => other.worth - one.worth)
      .slice(0, mostSuggestions)
      .map(({ worth, ...page }) => page);
  }

  #forgetOldest(): void {
    if (this.#all.length > this.#most) this.#all.splice(0, this.#all.length - this.#most);
  }
}

const shownAddresses = new WeakMap<KeptVisit, string>();

function shownAddressOf(visit: KeptVisit): string {
  const known = shownAddresses.get(visit);
  if (known !== undefined) return known;
  const shown = shownText(visit.address).slice(0, longestShown);
  shownAddresses.set(visit, shown);
  return shown;
}

const wordsOf = (text: string) => text.toLowerCase().split(/\s+/).filter(Boolean);

function matches(visit: KeptVisit, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = `${visit.title}\n${visit.address}\n${shownAddressOf(visit)}`.toLowerCase();
  return words.every((word) => text.includes(word));
}
