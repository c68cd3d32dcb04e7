import { sharedWord } from './offer.ts';

/**
 * Where the two processes have no processor each, they take turns, and a turn seldom ends between a load and its store:
 * they count on until one does, up to so many times.
 */
const mostRounds = 40;

/** Both processes call this; both come to the same result: how many updates were lost, and of how many. */
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

/** Waits, spinning, until so many have come in all: both processes go on at the same moment. */
function meet(words: Uint32Array<SharedArrayBuffer>, count: number): void {
  Atomics.add(words, sharedWord.barrier, 1);
  while (Atomics.load(words, sharedWord.barrier) < count);
}

/** The textbook's `counter++`: a load, an addition, a store, with nothing that keeps the other process out. */
function countUp(words: Uint32Array<SharedArrayBuffer>, times: number): void {
  for (let count = 0; count < times; count++) {
    const value = words[sharedWord.counter] ?? 0;
    words[sharedWord.counter] = value + 1;
  }
}

/** Tells the other process how far this one is; what was stored before is visible to whoever hears it. */
export const say = (words: Uint32Array<SharedArrayBuffer>, step: number): void => {
  Atomics.store(words, sharedWord.turn, step);
};

/** Waits, spinning, until the other process is that far. */
export function hear(words: Uint32Array<SharedArrayBuffer>, step: number): void {
  while (Atomics.load(words, sharedWord.turn) !== step);
}
