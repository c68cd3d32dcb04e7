import type { Actor } from '../../../lab/index.ts';

/** Words of the shared memory, one cache line apart: last number asked, last number answered, current phase. */
export const ASK = 0;
export const ANSWER = 16;
export const PHASE = 32;
export const wordCount = 48;

/** Phases, for the observer. */
export const phases = { none: 0, memory: 1, socket: 2, over: 3 } as const;

/** Instead of a number: the end of a measurement. */
export const STOP = -1;

/** Longest measurement, ms: on a busy machine two spinning processes make little progress. */
export const budgetMs = 3000;
/** Longest time that a process spins without its event loop, which makes system calls, ms. */
export const stretchMs = 200;

export type Step = Actor['step'];
/**
 * Number of exchanges that are shown line by line before the measured ones, because marking lines makes system calls.
 */
export const shownTimes = 2;
/** A step that marks no line. */
export const unmarked: Step = () => Promise.resolve();
