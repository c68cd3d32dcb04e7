import type { BaseWindow } from 'electron';
import type { TabQuestions } from '../dialogs/tab-questions.ts';
import type { FaultInjector } from '../faults/fault-injector.ts';
import type { FramePath } from '../frames/frame-path.ts';
import type { PluginProcess } from '../plugins/plugin-process.ts';
import type { ProcessSampler } from '../processes/process-sampler.ts';
import type { ServicePids } from '../processes/service-pids.ts';
import type { Shell } from '../shell/shell.ts';
import type { CrashReports } from '../storage/crash-reports/crash-reports.ts';
import type { HangWatch } from '../supervision/hang/hang-watch.ts';
import type { MemoryLimit } from '../supervision/memory/memory-limit.ts';
import type { MemoryWatch } from '../supervision/memory/memory-watch.ts';
import type { Notices } from '../supervision/notices/notices.ts';
import type { Subframes } from '../supervision/subframes/subframes.ts';
import type { TabStrip } from '../tabs/tab-strip.ts';

/** The parts of the browser that a drill breaks, watches and repairs. */
export interface DrillTarget {
  strip: TabStrip;
  plugin: PluginProcess;
  shell: Shell;
  window: { readonly base: BaseWindow };
  framePath: FramePath;
  sampler: ProcessSampler;
  faults: FaultInjector;
  hangs: HangWatch;
  questions: TabQuestions;
  subframes: Subframes;
  memory: MemoryWatch;
  memoryLimit: MemoryLimit;
  notices: Notices;
  services: Pick<ServicePids, 'find'>;
  crashReports: CrashReports;
}
