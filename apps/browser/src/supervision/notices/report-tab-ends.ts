import type { ProcessEnd } from '@bulkhead/contracts';
import type { CrashReports } from '../../storage/crash-reports/crash-reports.ts';
import type { Tab } from '../../tabs/tab.ts';
import type { TabStrip } from '../../tabs/tab-strip.ts';
import { onceTold } from '../../timing/once-told.ts';
import type { MemoryWatch } from '../memory/memory-watch.ts';
import { watchOthers } from './aftermath.ts';

interface Parts {
  strip: TabStrip;
  crashReports: CrashReports;
  memory: MemoryWatch;
}

/** Adds a crash report for each end of a tab's process, and tells the tab what its end cost the other tabs. */
export function reportTabEnds({ strip, crashReports, memory }: Parts): void {
  strip.on('added', (tab) => {
    /** Since when the tab has its process; `at` is wall clock, ms. */
    let birth: { pid: number; at: number } | undefined;
    tab.on('committed', () => {
      if (tab.pid !== null && tab.pid !== birth?.pid) birth = { pid: tab.pid, at: Date.now() };
    });
    tab.on('ended', (ended) => {
      const { fault } = tab;
      onceTold(() => void report(tab, ended, fault));
    });

    /** `tab` may have another process by now. */
    async function report(tab: Tab, ended: ProcessEnd, message: string | null): Promise<void> {
      const { kind, signal, exitCode, pid } = ended;
      crashReports.add({
        victim: 'tab',
        name: '',
        reason: kind,
        signal,
        exitCode,
        pid,
        memoryKiB: memory.usedKiB(pid),
        livedMs: birth && birth.pid === pid ? ended.at - birth.at : null,
        message,
        ofMatrix: tab.ofDrill,
      });
      const aftermath = await watchOthers(strip, tab);
      if (tab.ended === ended) tab.note({ aftermath });
    }
  });
}
