import type { Actor } from '../../../lab/index.ts';

/** Words of the common memory, a cache line apart: the last number asked, the last one answered, and what is under way. */
export const ASK = 0;
export const ANSWER = 16;
export const PHASE = 32;
export const wordCount = 48;

/** What is under way, for the observer. */
export const phases = { none: 0, memory: 1, socket: 2, over: 3 } as const;

type Step = Actor['step'];
/** Exchanges that many numbers with the other process; `step` marks its lines. */
export type Exchange = (times: number, step: Step) => Promise<void>;

/** How many exchanges are shown line by line, before those that are measured: marking lines takes system calls. */
export const shownTimes = 2;
/** Marks nothing. */
export const unmarked: Step = () => Promise.resolve();
