import type { LockKind } from '../critical-section.ts';

/** Words of the common memory: two accounts, whose sum no transfer changes. */
export const FROM = 0;
export const TO = 1;
export const wordCount = 2;
/** What each account has at first, and what is transferred. */
export const balance = 500;
export const amount = 100;

export const lockOf = (lock: string): LockKind => (lock === 'robust-mutex' ? 'mutex' : 'semaphore');

/** The calls behind entry and exit section, by their names. */
export const callsOf = (lock: string) =>
  lock === 'robust-mutex'
    ? { enter: 'pthread_mutex_lock(m)', leave: 'pthread_mutex_unlock(m)' }
    : { enter: 'sem_wait(s)', leave: 'sem_post(s)' };
