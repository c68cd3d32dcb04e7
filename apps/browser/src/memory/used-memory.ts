import { app } from 'electron';
import { anonymousKiB } from '../processes/proc.ts';

/** Whether the system tells at so little cost that it can be asked often. */
export const isCheap = process.platform === 'linux';

/**
 * Memory that each of these processes uses, KiB; null for one that is gone. On Linux what is resident and no file backs;
 * elsewhere what the runtime counts: bytes of its own on Windows, or the working set, with what it has in common with
 * others.
 */
export function readUsedKiB(pids: readonly number[]): (number | null)[] {
  if (isCheap) return pids.map(anonymousKiB);
  if (pids.length === 0) return [];
  const metrics = new Map(app.getAppMetrics().map(({ pid, memory }) => [pid, memory]));
  return pids.map((pid) => {
    const memory = metrics.get(pid);
    return memory?.privateBytes ?? memory?.workingSetSize ?? null;
  });
}
