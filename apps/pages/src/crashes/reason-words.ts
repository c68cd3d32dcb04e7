import type { t } from '../strings.ts';

/**
 * Keys of the strings for the browser's own reasons. Chromium's reasons for its own processes are shown as they are.
 */
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
