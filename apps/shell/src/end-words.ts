import type { ProcessEnd } from '@bulkhead/contracts';

/** Keys of the strings that tell the user how a tab's process ended. */
export const endWords = {
  crashed: { title: 'endedCrashed', because: 'becauseCrashed' },
  killed: { title: 'endedKilled', because: 'becauseKilled' },
  'out-of-memory': { title: 'endedOutOfMemory', because: 'becauseOutOfMemory' },
  'too-many-threads': { title: 'endedTooManyThreads', because: 'becauseTooManyThreads' },
  unresponsive: { title: 'endedUnresponsive', because: 'becauseUnresponsive' },
  'bad-message': { title: 'endedBadMessage', because: 'becauseBadMessage' },
  // Forbidden calls of a tab are not counted: Chromium's filter ends it at the first one.
  'forbidden-calls': { title: 'endedKilled', because: 'becauseKilled' },
  'internal-error': { title: 'endedInternalError', because: 'becauseInternalError' },
  'launch-failed': { title: 'endedLaunchFailed', because: 'becauseLaunchFailed' },
  'reload-loop': { title: 'endedReloadLoop', because: 'becauseReloadLoop' },
  exited: { title: 'endedExited', because: 'becauseExited' },
} as const satisfies Record<ProcessEnd['kind'], { title: string; because: string }>;
