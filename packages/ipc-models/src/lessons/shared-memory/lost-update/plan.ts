import type { LockKind } from '../critical-section.ts';

/** Words of the common memory, a cache line apart: the counter itself, and how many have begun. */
export const COUNTER = 0;
export const READY = 16;
export const wordCount = 32;

export const lockOf = (protection: string): LockKind =>
  protection === 'semaphore' || protection === 'mutex' ? protection : 'none';
