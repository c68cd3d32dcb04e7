import type { t } from '../strings.ts';

/** The strings for the reasons that the browser gives. What Chromium says of its own processes stands as it is. */
export const reasonWords = {
  crashed: 'reasonCrashed',
  killed: 'reasonKilled',
  'out-of-memory': 'reasonOutOfMemory',
  'too-many-threads': 'reasonTooManyThreads',
  unresponsive: 'reasonUnresponsive',
  'bad-message': 'reasonBadMessage',
  'forbidden-calls': 'reasonForbiddenCalls',
  'launch-failed': 'reasonLaunchFailed',
  'internal-error': 'reasonInternalError',
  'reload-loop': 'reasonReloadLoop',
  exited: 'reasonExited',
  'uncaught-exception': 'reasonUncaughtException',
  unknown: 'reasonUnknown',
} as const satisfies Record<string, Parameters<typeof t>[0]>;

export const hasWords = (reason: string): reason is keyof typeof reasonWords => Object.hasOwn(reasonWords, reason);
