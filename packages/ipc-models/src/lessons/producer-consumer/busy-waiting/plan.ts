/** Index of the word that counts the produced items. */
export const PRODUCED = 0;
export const wordCount = 16;

export type Way = 'busy' | 'semaphore';

/** Returns the ways of waiting to try, one after the other. */
export const waysOf = (waiting: string): readonly Way[] =>
  waiting === 'busy' || waiting === 'semaphore' ? [waiting] : ['busy', 'semaphore'];
