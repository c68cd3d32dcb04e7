import { sharedWord } from './offer.ts';

/**
 * Most rounds of counting. If both processes share one processor, a time slice seldom ends between a load and its
 * store, so they count again until an update is lost.
 */
const mostRounds = 40;

/** Counts until an update is lost. Both processes call this and get the same number of lost updates, and of updates. */
export function countUntilLost(words: Uint32Array<SharedArrayBuffer>, times: number): { lost: number; of: number } {
  for (let round = 1; ; round++) {
    meet(words, 4 * round - 2);
    countUp(words, times);
    meet(words, 4 * round);
    const of = 2 * times * round;
    const lost = of - Atomics.load(words, sharedWord.counter);
    if (lost !== 0 || round === mostRounds) return { lost, of };
  }
}

/** Spins until `count` calls have been made in total, so that both processes continue at the same moment. */
function meet(words: Uint32Array<SharedArrayBuffer>, count: number): void {
  Atomics.add(words, sharedWord.barrier, 1);
  while (Atomics.load(words, sharedWord.barrier) < count);
}

/** The textbook's `counter++`: a load, an addition and a store, without a lock. */
function countUp(words: Uint32Array<SharedArrayBuffer>, times: number): void {
  for (let count = 0; count < times; count++) {
    const value = words[sharedWord.counter] ?? 0;
    words[sharedWord.counter] = value + 1;
  }
}

/** Announces a step. A process that sees the step also sees everything stored before it. */
export const say = (words: Uint32Array<SharedArrayBuffer>, step: number): void => {
  Atomics.store(words, sharedWord.turn, step);
};

/** Spins until the other process announces this step. */
export function hear(words: Uint32Array<SharedArrayBuffer>, step: number): void {
  while (Atomics.load(words, sharedWord.turn) !== step);
}
