import { app } from 'electron';
import { memoryAndThreads } from '../../processes/proc.ts';

/** Whether the system tells at so little cost that it can be asked often. */
export const isCheap = process.platform === 'linux';

/** Memory and threads of a process. */
export interface Use {
  /**
   * Memory, KiB. On Linux what is resident and no file backs; elsewhere what the runtime counts: bytes of its own on
   * Windows, or the working set, with what it has in common with others.
   */
  usedKiB: number;
  /** 0 where the system does not tell. */
  threads: number;
}

/** The use of each of these processes; null for one that has gone. */
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
