import { readdir, readFile, readlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { sweep } from '@bulkhead/shared-memory';
import { sweepLessons, sweepNames } from '../lab/lesson-folders.ts';
import { endProcess } from '../processes/end-process.ts';
import { readParentPid, readStat } from '../processes/proc.ts';
import { fewAtOnce } from '../timing/few-at-once.ts';
import { removeChromiumLeftovers, removeSingletonFolders } from './chromium-leftovers.ts';
import { victimFolderPrefix } from './live-as-victim.ts';
import { watchdogName } from './watchdog.ts';

/**
 * Removes what killed browsers have left: named shared memory, folders of lessons, of locks and of browsers in the
 * drill, and processes that did not end with their browser because they were stopped (SIGSTOP) at that moment. Touches
 * nothing of other browsers: this one holds the lock of the profile that those processes name.
 */
export async function removeLeftovers(profile: string, singletonBefore?: string): Promise<void> {
  sweep();
  await sweepLessons();
  await sweepNames(tmpdir(), victimFolderPrefix);
  await removeChromiumLeftovers();
  // Files in the profile that a killed start has not completed.
  await removeChromiumLeftovers(profile);
  await removeSingletonFolders(profile, singletonBefore);
  for (const pid of await strayProcesses(profile)) {
    // Reading the process table took time, and the PID may have been reused.
    if (await isStray(pid, profile)) endProcess(pid, 'SIGKILL');
  }
}

/**
 * Returns processes of this executable that were started for the profile and do not descend from this process. Linux
 * only.
 */
export async function strayProcesses(profile: string): Promise<number[]> {
  if (process.platform !== 'linux') return [];
  const pids = (await readdir('/proc')).map(Number).filter(Number.isInteger);
  const strays = await fewAtOnce(pids, async (pid) => (await isStray(pid, profile)) && pid);
  return strays.filter((pid) => pid !== false);
}

async function isStray(pid: number, profile: string): Promise<boolean> {
  try {
    const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8');
    if (commandLine.includes(`\0${watchdogName}\0${profile}\0`)) {
      // A running watchdog ends by itself.
      return (await readStat(pid))?.state === 'T' && !(await isBelow(pid, process.pid));
    }
    if ((await readlink(`/proc/${pid}/exe`)) !== process.execPath) return false;
    const isNameless = /--type=(zygote|broker)/.test(commandLine) && (await isOrphan(pid));
    return (isNameless || wasStartedFor(commandLine, profile)) && !(await isBelow(pid, process.pid));
  } catch {
    return false; // it has ended, or is owned by another user
  }
}

/**
 * Says whether a process was not started by a Bulkhead process that still runs. Zygotes and brokers do not name their
 * profile.
 */
async function isOrphan(pid: number): Promise<boolean> {
  const parent = await readParentPid(pid);
  const executable = await readlink(`/proc/${parent}/exe`).catch(() => undefined);
  return executable !== process.execPath;
}

/** Chromium rewrites its children's command lines, with spaces between the arguments instead of zeros. */
function wasStartedFor(commandLine: string, profile: string): boolean {
  const argument = ` --user-data-dir=${profile}`;
  const line = commandLine.replaceAll('\0', ' ').trimEnd();
  const rest = line.includes(argument) ? line.slice(line.indexOf(argument) + argument.length) : undefined;
  return line.includes(' --type=') && (rest === '' || rest?.startsWith(' --') === true);
}

async function isBelow(pid: number, ancestor: number): Promise<boolean> {
  const parentPid = await readParentPid(pid);
  if (parentPid === undefined || parentPid <= 1) return false;
  return parentPid === ancestor || isBelow(parentPid, ancestor);
}
