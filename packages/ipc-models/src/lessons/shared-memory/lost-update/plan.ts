import type { LockKind } from '../critical-section.ts';

/** Words of the shared memory, one cache line apart: the counter, and the number of workers that have started. */
export const COUNTER = 0;
export const READY = 16;
export const wordCount = 32;

export const lockOf = (protection: string): LockKind =>
  protection === 'semaphore' || protection === 'mutex' ? protection : 'none';
