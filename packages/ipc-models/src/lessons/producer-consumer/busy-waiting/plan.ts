/** The word that counts the items produced. */
export const PRODUCED = 0;
export const wordCount = 16;

export type Way = 'busy' | 'semaphore';

/** Which ways of waiting are tried, one after the other. */
export const waysOf = (waiting: string): readonly Way[] =>
  waiting === 'busy' || waiting === 'semaphore' ? [waiting] : ['busy', 'semaphore'];
