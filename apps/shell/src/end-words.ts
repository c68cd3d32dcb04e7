import type { ProcessEnd } from '@bulkhead/contracts';

/** The strings that tell a person how a tab's process ended. */
export const endWords = {
  crashed: { title: 'endedCrashed', because: 'becauseCrashed' },
  killed: { title: 'endedKilled', because: 'becauseKilled' },
  'out-of-memory': { title: 'endedOutOfMemory', because: 'becauseOutOfMemory' },
  'too-many-threads': { title: 'endedTooManyThreads', because: 'becauseTooManyThreads' },
  unresponsive: { title: 'endedUnresponsive', because: 'becauseUnresponsive' },
  'bad-message': { title: 'endedBadMessage', because: 'becauseBadMessage' },
  // No tab counts its calls: Chromium's filter ends it at the first.
  'forbidden-calls': { title: 'endedKilled', because: 'becauseKilled' },
  'internal-error': { title: 'endedInternalError', because: 'becauseInternalError' },
  'launch-failed': { title: 'endedLaunchFailed', because: 'becauseLaunchFailed' },
  'reload-loop': { title: 'endedReloadLoop', because: 'becauseReloadLoop' },
  exited: { title: 'endedExited', because: 'becauseExited' },
} as const satisfies Record<ProcessEnd['kind'], { title: string; because: string }>;
