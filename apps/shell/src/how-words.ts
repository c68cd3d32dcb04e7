import type { Notice, ProcessEnd } from '@bulkhead/contracts';
import { t } from './strings.ts';

type How = NonNullable<Notice['how']> | ProcessEnd['kind'];

/** Returns how a process ended, as the middle part of a sentence. */
export function howText(how: How, signal: string | null, exitCode: number | null): string {
  switch (how) {
    case 'crashed':
      return signal === null ? t('howCrashed') : t('howCrashedSignal', { signal });
    case 'hung':
    case 'unresponsive':
      return t('howHung');
    case 'bad-message':
      return t('howBadMessage');
    case 'forbidden-calls':
      return t('howForbiddenCalls');
    case 'out-of-memory':
      return t('howOutOfMemory');
    case 'too-many-threads':
      return t('howTooManyThreads');
    case 'launch-failed':
      return t('howLaunchFailed');
    case 'killed':
    case 'stopped':
    case 'exited':
    case 'reload-loop':
    case 'internal-error':
      if (signal !== null) return t('howSignal', { signal });
      return exitCode === null || exitCode === 0 ? t('howEnded') : t('howExited', { code: exitCode });
  }
}
