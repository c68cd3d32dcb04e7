import type { TabMemory, TabState } from '@bulkhead/contracts';
import { format, t } from './strings.ts';

/** How a tab's process fares: a colour, a word, and the process that is or was meant. */
export interface TabHealth {
  status: 'well' | 'warning' | 'fault' | 'off';
  word: string;
  pid: number | null;
}

/** How much of the memory that it may have a tab's process uses. */
export function memoryText({ usedKiB, limitKiB }: TabMemory): string {
  return t('memoryUsed', { used: format.bytes(usedKiB * 1024), limit: format.bytes(limitKiB * 1024) });
}

export function tabHealth(tab: TabState): TabHealth {
  const { ended, pid, responsive, hang, dialog, printing, debugged, loading, failed, slowsBrowser } = tab;
  if (ended) return { status: 'fault', word: t('ended'), pid: ended.pid };
  // A tab of an earlier session that nobody has looked at has no process yet.
  if (pid === null) return { status: 'off', word: loading || failed ? t('noProcess') : t('tabNotLoaded'), pid };
  if (hang?.stopped) return { status: 'warning', word: t('tabStopped'), pid };
  if (dialog || printing) return { status: 'warning', word: t('waiting'), pid };
  if (debugged) return { status: 'warning', word: t('debugged'), pid };
  if (slowsBrowser) return { status: 'warning', word: t('tabSlowsBrowser'), pid };
  return responsive && !hang
    ? { status: 'well', word: t('answering'), pid }
    : { status: 'warning', word: t('notAnswering'), pid };
}
