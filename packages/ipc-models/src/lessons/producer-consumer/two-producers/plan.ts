import { lockWords } from '../../shared-memory/critical-section.ts';
import { BufferMemory } from '../shared-buffer.ts';

/** Items of producer k are k × this plus a number. */
export const perProducer = 10_000;
/** Words after the lock: number of producers that have started, and that have finished; then two buffers. */
export const BEGUN = 0;
export const DONE = 1;
const firstBuffer = lockWords + 16;

/**
 * Returns the position of a buffer of `n` slots in the lesson's memory. The second buffer is only for the second
 * producer.
 */
export const bufferAt = (index: number, n: number): number => firstBuffer + index * roundUp(BufferMemory.words(n));
export const wordCount = (n: number): number => bufferAt(2, n) - lockWords;

/** Rounds up to whole cache lines. */
const roundUp = (words: number) => Math.ceil(words / 16) * 16;
