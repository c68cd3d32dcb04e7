import { app } from 'electron';
import { fewAtOnce } from '../few-at-once.ts';
import { readAnonymousKiB } from '../processes/proc.ts';

/** Whether the system tells at so little cost that it can be asked often. */
export const isCheap = process.platform === 'linux';

/**
 * Memory that each of these processes uses, KiB; null for one that is gone. On Linux what is resident and no file backs;
 * elsewhere what the runtime counts: bytes of its own on Windows, or the working set, with what it has in common with
 * others.
 */
export async function readUsedKiB(pids: readonly number[]): Promise<(number | null)[]> {
  if (isCheap) return fewAtOnce(pids, readAnonymousKiB);
  if (pids.length === 0) return [];
  const metrics = new Map(app.getAppMetrics().map(({ pid, memory }) => [pid, memory]));
  return pids.map((pid) => {
    const memory = metrics.get(pid);
    return memory?.privateBytes ?? memory?.workingSetSize ?? null;
  });
}
