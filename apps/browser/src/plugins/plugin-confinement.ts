import { readdir, readFile } from 'node:fs/promises';
import type { Confinement } from '@bulkhead/contracts';
import { fewAtOnce } from '../timing/few-at-once.ts';

/**
 * What the kernel says against a process that says it has locked itself down; undefined when the two agree. Every thread
 * has to have a filter on its system calls.
 */
export async function contradictionTo({ seccomp }: Confinement, pid: number): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined;
  // Where it has no filter at all, it has said so, and what is missing.
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
