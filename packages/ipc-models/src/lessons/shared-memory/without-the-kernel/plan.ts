import type { Actor } from '../../../lab/index.ts';

/** Words of the common memory, a cache line apart: the last number asked, the last one answered, and what is under way. */
export const ASK = 0;
export const ANSWER = 16;
export const PHASE = 32;
export const wordCount = 48;

/** What is under way, for the observer. */
export const phases = { none: 0, memory: 1, socket: 2, over: 3 } as const;

/** In place of a number: that was all for now. */
export const STOP = -1;

/** On a machine where others have the processors, two that spin get nowhere: a measurement ends then, ms. */
export const budgetMs = 3000;
/** Longest time that a process spins without its event loop going on, which takes system calls, ms. */
export const stretchMs = 200;

export type Step = Actor['step'];
/** How many exchanges are shown line by line, before those that are measured: marking lines takes system calls. */
export const shownTimes = 2;
/** Marks nothing. */
export const unmarked: Step = () => Promise.resolve();
