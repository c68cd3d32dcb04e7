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
/** A visit as it is kept. */
export type KeptVisit = Omit<Visit, 'shownAddress'>;

/** Of an address that is read. */
const longestShown = 8192;
/** Numbers of this run's visits begin here: those of earlier runs, which are read later, stand before them. */
const firstId = 1_000_000_000;

/** The visits that are kept, oldest first, and what can be asked of them. Nothing here touches the disk. */
export class Visits {
  readonly #most: number;
  #all: KeptVisit[] = [];
  #nextId = firstId;

  /** `most`: beyond that the oldest are forgotten. */
  constructor(most: number) {
    this.#most = most;
  }

  /** The visit as it is kept: its title may still be set. */
  get all(): readonly KeptVisit[] {
    return this.#all;
  }

  add(visit: NewVisit): KeptVisit {
    const added = { id: this.#nextId++, ...visit };
    this.#all.push(added);
    this.#forgetOldest();
    return added;
  }

  /** Puts those of earlier runs, oldest first, before those of this one. Once. */
  prepend(kept: readonly NewVisit[]): void {
    this.#all = [...kept.map((each, index) => ({ id: index + 1, ...each })), ...this.#all];
    this.#forgetOldest();
  }

  /** One, or all with null. */
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

  /** Pages that match what somebody has typed so far: those that were visited most often, and lately, first. */
  suggest(text: string): Suggestion[] {
    const words = wordsOf(text);
    if (words.length === 0) return [];
    const pages = new Map<string, Suggestion & { worth: number }>();
    for (const [index, each] of this.#all.entries()) {
      if (!matches(each, words)) continue;
      const { address, title } = each;
      const shownAddress = shownAddressOf(each);
      // A hundred visits ago counts half.
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
