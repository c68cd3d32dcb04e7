import type { RefusedCallCounts } from '@bulkhead/contracts';
import { systemCallName } from '@bulkhead/shared-memory/observing';

/** Number of calls that are counted separately. No kernel has higher numbers yet. */
const mostNumbers = 512;
/** Number of calls that are named. */
const mostNamed = 8;
/** Words before the counts: the listener, and the news. */
const headWords = 2;
const words = headWords + mostNumbers + 1;

/** `counted`: there are new counts. `too-many`: the process has spent its allowance, and is not answered any more. */
export type RefusedNews = 'counted' | 'too-many';
const news = [undefined, 'counted', 'too-many'] as const;

/** Number of processes whose refused calls can be counted at the same time. */
const mostListened = 4;

/** Returns memory with a place for each process with a listener, shared by the browser's thread and the guard's. */
export const refusedBuffer = () => new SharedArrayBuffer(mostListened * words * Int32Array.BYTES_PER_ELEMENT);
export const refusedCounts = (buffer: SharedArrayBuffer): RefusedCounts[] =>
  Array.from({ length: mostListened }, (_, place) => new RefusedCounts(buffer, place));

/**
 * Counts of the refused system calls of one process, in 32-bit words: the listener's descriptor plus one (or 0), the
 * news, then a count for each call number, the last one for all higher numbers.
 */
export class RefusedCounts {
  readonly #words: Int32Array;

  constructor(buffer: SharedArrayBuffer, place: number) {
    this.#words = new Int32Array(buffer, place * words * Int32Array.BYTES_PER_ELEMENT, words);
  }

  /** Descriptor of the listener, or undefined. The browser writes it, and thereby gives the listener to the guard. */
  get listener(): number | undefined {
    const word = Atomics.load(this.#words, 0);
    return word === 0 ? undefined : word - 1;
  }

  /** Starts with a new process and no counts. */
  begin(listener: number): void {
    this.clear();
    Atomics.store(this.#words, 1, 0);
    Atomics.store(this.#words, 0, listener + 1);
  }

  /** Ends the listening. Returns true for the thread that must close the descriptor. */
  end(listener: number): boolean {
    return Atomics.compareExchange(this.#words, 0, listener + 1, 0) === listener + 1;
  }

  /** Called by the guard. */
  tell(what: RefusedNews): void {
    Atomics.store(this.#words, 1, news.indexOf(what));
  }

  /** Called by the browser. Returns each news once. */
  takeNews(): RefusedNews | undefined {
    return news[Atomics.exchange(this.#words, 1, 0)];
  }

  /** Called by the guard. */
  count(number: number): void {
    const index = number >= 0 && number < mostNumbers ? number : mostNumbers;
    Atomics.add(this.#words, headWords + index, 1);
  }

  /** Resets the counts. */
  clear(): void {
    for (let index = headWords; index < words; index++) Atomics.store(this.#words, index, 0);
  }

  /** Returns the total, and the names of the calls that were refused most often. */
  describe(): RefusedCallCounts {
    const counts = Array.from({ length: mostNumbers + 1 }, (_, number) => ({
      number,
      count: Atomics.load(this.#words, headWords + number),
    }));
    const most = counts.filter(({ count }) => count > 0).sort((one, other) => other.count - one.count);
    return {
      total: most.reduce((sum, { count }) => sum + count, 0),
      calls: most.slice(0, mostNamed).map(({ number, count }) => ({ name: systemCallName(number), count })),
    };
  }
}
