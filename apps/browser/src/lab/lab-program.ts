import { once } from 'node:events';
import type { ProcessList } from '@bulkhead/contracts';
import type { StageTab } from '@bulkhead/ipc-models/lab';
import type { ProcessSampler } from '../processes/process-sampler.ts';
import type { Tab } from '../tabs/tab.ts';
import type { TabStrip } from '../tabs/tab-strip.ts';

/** The part of the browser that lessons may see and use. */
export interface LabProgram {
  sample(): Promise<ProcessList>;
  /** Opens a tab that a lesson may kill. Resolves to null without a window. */
  openTab(): Promise<OpenedTab | null>;
}

export interface OpenedTab extends StageTab {
  close(): void;
}

/** Returns the program for a lab page. It opens tabs behind the page's own tab. */
export function programAround(sampler: ProcessSampler, strip: TabStrip, own: Tab): LabProgram {
  return {
    sample: () => sampler.sample(),
    openTab: async () => {
      const tab = strip.open('bulkhead://newtab/', { activate: false, behind: own });
      let isClosed = false;
      tab.once('closed', () => {
        isClosed = true;
      });
      const ended = new Promise<string>((resolve) => {
        tab.once('ended', ({ signal, exitCode }) =>
          resolve(signal ? `killed (${signal})` : `ended (code ${exitCode})`),
        );
        tab.once('closed', () => resolve('closed'));
      });
      await Promise.race([once(tab, 'committed'), ended]);
      return {
        pid: tab.pid ?? 0,
        ended,
        kill: () => tab.kill(),
        close: () => {
          if (!isClosed) strip.close(tab);
        },
      };
    },
  };
}

/** The program without a window. */
export const programWithoutWindow = (sampler: ProcessSampler): LabProgram => ({
  sample: () => sampler.sample(),
  openTab: async () => null,
});
