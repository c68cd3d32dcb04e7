import { app } from 'electron';
import { memoryAndThreads } from '../../processes/proc.ts';

/** True where the system's figures are cheap enough to be read often. */
export const isCheap = process.platform === 'linux';

/** Memory and threads of a process. */
export interface Use {
  /**
   * Memory, KiB. On Linux the resident anonymous memory. Elsewhere Electron's figure: private bytes on Windows,
   * otherwise the working set, including memory shared with other processes.
   */
  usedKiB: number;
  /** 0 when the system does not report it. */
  threads: number;
}

/** Returns the use of each of these processes, null for one that has ended. */
export function readUse(pids: readonly number[]): (Use | null)[] {
  if (isCheap) return pids.map(memoryAndThreads);
  if (pids.length === 0) return [];
  const metrics = new Map(app.getAppMetrics().map(({ pid, memory }) => [pid, memory]));
  return pids.map((pid) => {
    const memory = metrics.get(pid);
    const usedKiB = memory?.privateBytes ?? memory?.workingSetSize;
    return usedKiB === undefined ? null : { usedKiB, threads: 0 };
  });
}
