import type { HistoryPage, HistoryQuery, Suggestion } from '@bulkhead/contracts';
import type { ProfileTroubles } from '../files/profile-troubles.ts';
import { HistoryFile } from './history-file.ts';
import { type KeptVisit, Visits } from './visits.ts';

/** A page's title comes after the page: a visit is written when it has had so long to come, ms. */
const gatherMs = 1000;

export interface HistoryOptions {
  /** Of JSON lines; made when there is something to be written. */
  file: string;
  /** Whether a person wants visits to be kept. */
  keeps: () => boolean;
  troubles: ProfileTroubles;
  mostVisits?: number;
}

/** The pages that were visited, kept in the profile. Whatever goes wrong with its file, it goes on for this run. */
export class History {
  readonly #keeps: () => boolean;
  readonly #mostVisits: number;
  readonly #visits: Visits;
  readonly #file: HistoryFile;
  readonly #unwritten = new Set<KeptVisit>();
  /** What touches the file, one after the other; the first is reading it. */
  #work: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** Lines of the file: far more than there are visits are not let come. */
  #lines = 0;

  constructor({ file, keeps, troubles, mostVisits = 5000 }: HistoryOptions) {
    this.#keeps = keeps;
    this.#mostVisits = mostVisits;
    this.#visits = new Visits(mostVisits);
    this.#file = new HistoryFile(file, troubles);
  }

  /** Returns how to give the visit the title that comes later; undefined when visits are not to be kept. */
  add(address: string, title: string): ((title: string) => void) | undefined {
    if (!this.#keeps()) return undefined;
    const visit = this.#visits.add({ at: Date.now(), address, title });
    this.#writeSoon(visit);
    return (later) => {
      // It may have been deleted in the meantime.
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

  /** One, or all with null: gone from the disk, too, when it resolves. Rejects when the disk keeps them. */
  async delete(id: number | null): Promise<void> {
    await this.#do(async () => {
      this.#visits.delete(id);
      for (const visit of this.#unwritten) if (id === null || visit.id === id) this.#unwritten.delete(visit);
      await this.#writeAnew();
    });
  }

  /** Resolves when all that there is has been written. */
  async flush(): Promise<void> {
    await this.#next(() => this.#write());
  }

  /** The program ends: what is not written yet is, when this returns. */
  finish(): void {
    clearTimeout(this.#timer);
    if (this.#unwritten.size === 0) return;
    try {
      this.#file.appendSync([...this.#unwritten]);
    } catch {} // said
    this.#unwritten.clear();
  }

  #writeSoon(visit: KeptVisit): void {
    this.#unwritten.add(visit);
    // While the disk is full, no more than are kept at all.
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

  /** After all that was asked for before; what goes wrong is said, and the rest goes on. */
  #next(step: () => Promise<void>): Promise<void> {
    void this.#do(step).catch(() => undefined); // said below
    return this.#work ?? Promise.resolve();
  }

  #do(step: () => Promise<void>): Promise<void> {
    const done = (this.#work ?? this.#read()).then(step);
    this.#work = done.catch(() => undefined); // said by the file
    return done;
  }
}
