import { lockWords } from '../../shared-memory/critical-section.ts';
import { BufferMemory } from '../shared-buffer.ts';

/** Items of producer k are k × this and a number. */
export const perProducer = 10_000;
/** Words behind the lock: how many producers have begun, and how many are done; then two buffers. */
export const BEGUN = 0;
export const DONE = 1;
const firstBuffer = lockWords + 16;

/** Where in the lesson's memory a buffer of `n` slots begins; the second one is for the second producer alone. */
export const bufferAt = (index: number, n: number): number => firstBuffer + index * roundUp(BufferMemory.words(n));
export const wordCount = (n: number): number => bufferAt(2, n) - lockWords;

/** To whole cache lines. */
const roundUp = (words: number) => Math.ceil(words / 16) * 16;
