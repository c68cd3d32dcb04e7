import { RefusedCalls } from '@bulkhead/shared-memory/confinement';
import type { RefusedCounts } from './refused-counts.ts';

/**
 * Longest time to answer a process that makes one call after the other, at each look, and longest wait for its next
 * call, ms.
 */
const turnMs = 40;
const quietMs = 3;
/**
 * Number of refused calls that a process may make at once, and its refill per second. Some libraries retry a forbidden
 * call several times. Only a process that tries endlessly keeps this thread busy, and is ended.
 */
export const allowance = { most: 2000, perSecond: 10 } as const;

/** Answers the refused calls of one process, on the guard's thread. It costs nothing between two looks. */
export class ListenedProcess {
  readonly #listener: number;
  readonly #calls: RefusedCalls;
  readonly #counts: RefusedCounts;
  #left: number = allowance.most;
  #lookedAt = performance.now();

  constructor(listener: number, counts: RefusedCounts) {
    this.#listener = listener;
    this.#calls = new RefusedCalls(listener);
    this.#counts = counts;
  }

  /**
   * Answers waiting calls. Returns false when it has closed the listener: the process has ended, or has tried too
   * often.
   */
  look(): boolean {
    let refused = 0;
    const isThere = this.#calls.answer(quietMs, turnMs, (number) => {
      this.#counts.count(number);
      refused += 1;
    });
    const now = performance.now();
    const back = (allowance.perSecond * (now - this.#lookedAt)) / 1000;
    this.#left = Math.min(allowance.most, this.#left + back) - refused;
    this.#lookedAt = now;
    const isTooMany = this.#left < 0;
    if (refused > 0) this.#counts.tell(isTooMany ? 'too-many' : 'counted');
    if (isThere && !isTooMany) return true;
    if (this.#counts.end(this.#listener)) this.#calls.close();
    return false;
  }
}
