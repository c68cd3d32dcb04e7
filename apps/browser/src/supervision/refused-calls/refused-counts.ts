import type { RefusedCallCounts } from '@bulkhead/contracts';
import { systemCallName } from '@bulkhead/shared-memory/observing';

/** Numbers of calls that are counted apart. Higher ones no kernel has yet. */
const mostNumbers = 512;
/** Calls that are named. */
const mostNamed = 8;
/** Before the counts: the listener, and the news. */
const headWords = 2;
const words = headWords + mostNumbers + 1;

/** `counted`: there are new counts. `too-many`: it has spent its allowance, and is not answered any more. */
export type RefusedNews = 'counted' | 'too-many';
const news = [undefined, 'counted', 'too-many'] as const;

/** Processes whose refused calls can be counted at the same time. */
const mostListened = 4;

/** A place for each process that is listened to, in words that the browser's thread and the guard's share. */
export const refusedBuffer = () => new SharedArrayBuffer(mostListened * words * Int32Array.BYTES_PER_ELEMENT);
export const refusedCounts = (buffer: SharedArrayBuffer): RefusedCounts[] =>
  Array.from({ length: mostListened }, (_, place) => new RefusedCounts(buffer, place));

/**
 * How often one process was refused each system call, in 32-bit words: the listener's descriptor (plus one) while there is
 * one, what is new, then a count for each call's number, the last for all above.
 */
export class RefusedCounts {
  readonly #words: Int32Array;

  constructor(buffer: SharedArrayBuffer, place: number) {
    this.#words = new Int32Array(buffer, place * words * Int32Array.BYTES_PER_ELEMENT, words);
  }

  /** Descriptor of the listener; undefined while there is none. Written by the browser, which gives it to the guard so. */
  get listener(): number | undefined {
    const word = Atomics.load(this.#words, 0);
    return word === 0 ? undefined : word - 1;
  }

  /** Begins with a process of which nothing is counted. */
  begin(listener: number): void {
    this.clear();
    Atomics.store(this.#words, 1, 0);
    Atomics.store(this.#words, 0, listener + 1);
  }

  /** The end of listening. True for the one of the two threads that is to close the descriptor. */
  end(listener: number): boolean {
    return Atomics.compareExchange(this.#words, 0, listener + 1, 0) === listener + 1;
  }

  /** Written by the guard. */
  tell(what: RefusedNews): void {
    Atomics.store(this.#words, 1, news.indexOf(what));
  }

  /** Taken by the browser, once. */
  takeNews(): RefusedNews | undefined {
    return news[Atomics.exchange(this.#words, 1, 0)];
  }

  /** Written by the guard. */
  count(number: number): void {
    const index = number >= 0 && number < mostNumbers ? number : mostNumbers;
    Atomics.add(this.#words, headWords + index, 1);
  }

  /** Forgets what was counted until now. */
  clear(): void {
    for (let index = headWords; index < words; index++) Atomics.store(this.#words, index, 0);
  }

  /** All together, and by name those that were refused most often. */
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
