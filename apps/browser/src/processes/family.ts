import { readdir } from 'node:fs/promises';
import { fewAtOnce } from '../timing/few-at-once.ts';
import { readParentPid } from './proc.ts';

/** Returns the PIDs of all processes of the machine. Empty without /proc. */
export async function allPids(): Promise<number[]> {
  return (await readdir('/proc').catch(() => [])).map(Number).filter(Number.isInteger);
}

/** Returns a process and all its descendants, by reading the whole process table. */
export async function familyOf(rootPid: number): Promise<Set<number>> {
  const parents = new Map<number, number>();
  await fewAtOnce(await allPids(), async (pid) => {
    const parentPid = await readParentPid(pid);
    if (parentPid !== undefined) parents.set(pid, parentPid);
  });
  const isOurs = (pid: number | undefined): boolean =>
    pid === rootPid || (pid !== undefined && pid > 1 && isOurs(parents.get(pid)));
  return new Set([...parents.keys()].filter(isOurs));
}
