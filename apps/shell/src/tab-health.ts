import type { TabMemory, TabState } from '@bulkhead/contracts';
import { format, t } from './strings.ts';

/** Health of a tab's process: a colour, a word, and the PID of its present or last process. */
export interface TabHealth {
  status: 'well' | 'warning' | 'fault' | 'off';
  word: string;
  pid: number | null;
}

/** Returns the memory that a tab's process uses, and its limit. */
export function memoryText({ usedKiB, limitKiB }: TabMemory): string {
  return t('memoryUsed', { used: format.bytes(usedKiB * 1024), limit: format.bytes(limitKiB * 1024) });
}

export function tabHealth(tab: TabState): TabHealth {
  const { ended, pid, responsive, hang, dialog, printing, debugged, loading, failed, slowsBrowser } = tab;
  if (ended) return { status: 'fault', word: t('ended'), pid: ended.pid };
  // A restored tab has no process until it is shown.
  if (pid === null) return { status: 'off', word: loading || failed ? t('noProcess') : t('tabNotLoaded'), pid };
  if (hang?.stopped) return { status: 'warning', word: t('tabStopped'), pid };
  if (dialog || printing) return { status: 'warning', word: t('waiting'), pid };
  if (debugged) return { status: 'warning', word: t('debugged'), pid };
  if (slowsBrowser) return { status: 'warning', word: t('tabSlowsBrowser'), pid };
  return responsive && !hang
    ? { status: 'well', word: t('answering'), pid }
    : { status: 'warning', word: t('notAnswering'), pid };
}
