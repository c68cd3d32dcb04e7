import type { LockKind } from '../critical-section.ts';

/** Words of the shared memory: two accounts. A transfer does not change their sum. */
export const FROM = 0;
export const TO = 1;
export const wordCount = 2;
/** First balance of each account, and the amount of a transfer. */
export const balance = 500;
export const amount = 100;

export const lockOf = (lock: string): LockKind => (lock === 'robust-mutex' ? 'mutex' : 'semaphore');

/** Returns the names of the calls for the entry and exit section. */
export const callsOf = (lock: string) =>
  lock === 'robust-mutex'
    ? { enter: 'pthread_mutex_lock(m)', leave: 'pthread_mutex_unlock(m)' }
    : { enter: 'sem_wait(s)', leave: 'sem_post(s)' };
