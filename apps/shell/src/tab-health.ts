import type { TabState } from '@bulkhead/contracts';
import { t } from './strings.ts';

/** How a tab's process fares: a colour, a word, and the process that is or was meant. */
export interface TabHealth {
  status: 'well' | 'warning' | 'fault' | 'off';
  word: string;
  pid: number | null;
}

export function tabHealth({ ended, pid, responsive }: TabState): TabHealth {
  if (ended) return { status: 'fault', word: t('ended'), pid: ended.pid };
  if (pid === null) return { status: 'off', word: t('noProcess'), pid };
  return responsive
    ? { status: 'well', word: t('answering'), pid }
    : { status: 'warning', word: t('notAnswering'), pid };
}
