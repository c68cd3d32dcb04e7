import type { HistoryPage, HistoryQuery, Suggestion } from '@bulkhead/contracts';
import type { ProfileTroubles } from '../files/profile-troubles.ts';
import { HistoryFile } from './history-file.ts';
import { type KeptVisit, Visits } from './visits.ts';

/** Delay before a visit is written, so that its title can arrive first, ms. */
const gatherMs = 1000;

export interface HistoryOptions {
  /** A file of JSON lines. It is created with the first visit. */
  file: string;
  /** Whether the user wants visits to be kept. */
  keeps: () => boolean;
  troubles: ProfileTroubles;
  mostVisits?: number;
}

/**
 * The visited pages, kept in the profile. If the file cannot be read or written, the history still works for this run.
 */
export class History {
  readonly #keeps: () => boolean;
  readonly #mostVisits: number;
  readonly #visits: Visits;
  readonly #file: HistoryFile;
  readonly #unwritten = new Set<KeptVisit>();
  /** Runs all work on the file one after the other. The first step reads it. */
  #work: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** Number of lines in the file. The file is rewritten at twice `mostVisits`. */
  #lines = 0;

  constructor({ file, keeps, troubles, mostVisits = 5000 }: HistoryOptions) {
    this.#keeps = keeps;
    this.#mostVisits = mostVisits;
    this.#visits = new Visits(mostVisits);
    this.#file = new HistoryFile(file, troubles);
  }

  /** Returns a function that sets the visit's title later. Returns undefined when visits are not kept. */
  add(address: string, title: string): ((title: string) => void) | undefined {
    if (!this.#keeps()) return undefined;
    const visit = this.#visits.add({ at: Date.now(), address, title });
    this.#writeSoon(visit);
    return (later) => {
      // The visit may have been deleted since.
      if (visit.title === later || !this.#visits.all.includes(visit)) return;
      visit.title = later;
      this.#writeSoon(visit);
    };
  }

  async find(query: HistoryQuery): Promise<HistoryPage> {
    await this.#next(() => Promise.resolve());
    return this.#visits.find(query);
  }

  async suggest(text: string): Promise<Suggestion[]> {
    await this.#next(() => Promise.resolve());
    return this.#visits.suggest(text);
  }

  /** Deletes one visit, or all with null. Resolves when the disk no longer has them. Rejects when that fails. */
  async delete(id: number | null): Promise<void> {
    await this.#do(async () => {
      this.#visits.delete(id);
      for (const visit of this.#unwritten) if (id === null || visit.id === id) this.#unwritten.delete(visit);
      await this.#writeAnew();
    });
  }

  /** Resolves when all visits have been written. */
  async flush(): Promise<void> {
    await this.#next(() => this.#write());
  }

  /** Writes the remaining visits synchronously, for the shutdown. */
  finish(): void {
    clearTimeout(this.#timer);
    if (this.#unwritten.size === 0) return;
    try {
      this.#file.appendSync([...this.#unwritten]);
    } catch {} // reported by ProfileFile
    this.#unwritten.clear();
  }

  #writeSoon(visit: KeptVisit): void {
    this.#unwritten.add(visit);
    // Bounds the queue while the disk is full.
    const [oldest] = this.#unwritten;
    if (oldest && this.#unwritten.size > this.#mostVisits) this.#unwritten.delete(oldest);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.flush();
    }, gatherMs);
  }

  async #write(): Promise<void> {
    const visits = [...this.#unwritten];
    if (visits.length === 0) return;
    await this.#file.append(visits);
    for (const visit of visits) this.#unwritten.delete(visit);
    this.#lines += visits.length;
    if (this.#lines > 2 * this.#mostVisits) await this.#writeAnew();
  }

  async #writeAnew(): Promise<void> {
    const visits = [...this.#visits.all];
    await this.#file.replace(visits);
    this.#lines = visits.length;
  }

  async #read(): Promise<void> {
    const kept = await this.#file.read();
    this.#lines = kept.length;
    this.#visits.prepend(kept);
  }

  /** Runs a step after all earlier ones. Never rejects: `ProfileFile` reports a failed step. */
  #next(step: () => Promise<void>): Promise<void> {
    void this.#do(step).catch(() => undefined); // handled in #do
    return this.#work ?? Promise.resolve();
  }

  #do(step: () => Promise<void>): Promise<void> {
    const done = (this.#work ?? this.#read()).then(step);
    this.#work = done.catch(() => undefined); // reported by ProfileFile
    return done;
  }
}
