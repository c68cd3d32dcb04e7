import { readdir, readFile } from 'node:fs/promises';
import type { Confinement } from '@bulkhead/contracts';
import { fewAtOnce } from '../timing/few-at-once.ts';

/**
 * Compares the confinement that a process reports with the kernel's view. Every thread must have a filter on its system
 * calls. Returns the difference, or undefined when both agree.
 */
export async function contradictionTo({ seccomp }: Confinement, pid: number): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined;
  // A process without any filter has reported that, and what is missing.
  if (!seccomp) return undefined;
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  if (threads.length === 0) return 'its threads cannot be read';
  const statuses = await fewAtOnce(threads, (thread) =>
    readFile(`/proc/${pid}/task/${thread}/status`, 'utf8').catch(() => undefined),
  );
  const bare = statuses.filter(
    (status) => status !== undefined && !(/^Seccomp:\s*2$/m.test(status) && /^NoNewPrivs:\s*1$/m.test(status)),
  );
  return bare.length === 0 ? undefined : `${bare.length} of its ${threads.length} threads have no filter`;
}
