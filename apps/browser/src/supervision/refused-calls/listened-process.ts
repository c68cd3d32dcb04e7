import { RefusedCalls } from '@bulkhead/shared-memory/confinement';
import type { RefusedCounts } from './refused-counts.ts';

/** A process that makes calls one after the other is answered for so long at each look, ms, and waited for so long. */
const turnMs = 40;
const quietMs = 3;
/**
 * Refused calls that a process may make at once, and how many of them come back in a second. Some libraries try a closed
 * way again and again; only who tries without end keeps this thread busy, and is ended.
 */
export const allowance = { most: 2000, perSecond: 10 } as const;

/** Answers the refused calls of one process, on the guard's thread. Between two looks it costs nothing. */
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

  /** Answers what waits. False once it has let go of the listener: the process has gone, or has tried too often. */
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
