import { readdir, readFile, readlink } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

// The kernel's view of processes: nothing here asks Bulkhead.

/** Undefined when the process or the file does not exist. */
const read = (pid: number, name: string) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => undefined);

/** `state` is 'Z' for a zombie. `startTicks` tells the process from a later one with its PID. */
export async function readStat(pid: number) {
  const stat = await read(pid, 'stat');
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (
    fields && {
      state: fields[0],
      parentPid: Number(fields[1]),
      nice: Number(fields[16]),
      startTicks: Number(fields[19]),
    }
  );
}

/** Returns how often the first thread of a process has gone to sleep, which is also how often it woke up. */
export async function switchesOf(pid: number): Promise<number> {
  return Number(/^voluntary_ctxt_switches:\s*(\d+)/m.exec((await read(pid, 'status')) ?? '')?.[1] ?? 0);
}

export async function isAlive(pid: number): Promise<boolean> {
  const stat = await readStat(pid);
  return stat !== undefined && stat.state !== 'Z';
}

/** Sends a signal to a process that may have ended already. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {} // it has ended
}

/** Returns a process and all its descendants. */
export async function familyOf(root: number): Promise<number[]> {
  const parents = new Map<number, number>();
  for (const pid of (await readdir('/proc')).map(Number).filter(Number.isInteger)) {
    const stat = await readStat(pid);
    if (stat) parents.set(pid, stat.parentPid);
  }
  const isBelow = (pid: number | undefined): boolean =>
    pid === root || (pid !== undefined && pid > 1 && isBelow(parents.get(pid)));
  return [...parents.keys()].filter(isBelow);
}

/**
 * Returns the names of Bulkhead's objects in shared memory and of its message queues, which contain the PID of their
 * maker. Leaves out those of other programs that run meanwhile: returns names made by `family` and by processes that
 * have ended.
 */
export async function namedObjectsOf(family: readonly number[]): Promise<string[]> {
  const folders = await Promise.all(['/dev/shm', '/dev/mqueue'].map((folder) => readdir(folder).catch(() => [])));
  const names = folders.flat().filter((name) => name.includes('bulkhead-'));
  const makers = names.map((name) => Number(/bulkhead-(\d+)-/.exec(name)?.[1]));
  const alive = new Set(await aliveOf(makers));
  return names.filter((_name, index) => family.includes(makers[index] ?? 0) || !alive.has(makers[index] ?? 0));
}

/** Returns the browser process on a profile, which writes its PID into the lock as soon as it runs, or undefined. */
export async function browserOf(profile: string): Promise<number | undefined> {
  const lock = await readlink(`${profile}/SingletonLock`).catch(() => '');
  const pid = Number(/\d+$/.exec(lock)?.[0] ?? 0);
  return pid > 0 && (await isAlive(pid)) ? pid : undefined;
}

/** Waits for the browser process on a profile. */
export async function startedBrowserOf(profile: string): Promise<number> {
  for (;;) {
    const pid = await browserOf(profile);
    if (pid !== undefined) return pid;
    await sleep(5);
  }
}

/** Returns the processes of `pids` that still run. */
export async function aliveOf(pids: readonly number[]): Promise<number[]> {
  const alive = await Promise.all(pids.map(isAlive));
  return pids.filter((_pid, index) => alive[index]);
}

/** Returns the arguments of a process. Chromium's child processes rewrite theirs, with blanks between. */
export async function commandLineOf(pid: number): Promise<string[]> {
  return ((await read(pid, 'cmdline')) ?? '').split(/[\0 ]/).filter((argument) => argument !== '');
}

/** Returns the processes among a process and its descendants whose command line has this argument. */
export async function having(argument: string, root: number): Promise<number[]> {
  const family = await familyOf(root);
  const lines = await Promise.all(family.map(commandLineOf));
  return family.filter((_pid, index) => lines[index]?.includes(argument));
}

/** Returns the executable of a process. */
export const executableOf = (pid: number): Promise<string> => readlink(`/proc/${pid}/exe`);

/** Returns what the kernel enforces on a process. `pidNamespaces` above 1: it has a PID namespace of its own. */
export async function readSandbox(pid: number) {
  const status = (await read(pid, 'status')) ?? '';
  const field = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1]?.trim() ?? '';
  return {
    seccomp: Number(field('Seccomp')),
    noNewPrivileges: field('NoNewPrivs') === '1',
    capabilities: field('CapEff'),
    pidNamespaces: field('NSpid').split(/\s+/).length,
  };
}

/** Returns the resident memory of a process in the mappings with this name, KiB. */
export async function kibibytesIn(pid: number, name: string): Promise<number> {
  const mappings = ((await read(pid, 'smaps')) ?? '').split(/^(?=[0-9a-f]+-[0-9a-f]+ )/m);
  const own = mappings.filter((mapping) => mapping.split('\n', 1)[0]?.includes(name));
  return own.reduce((sum, mapping) => sum + Number(/^Rss:\s+(\d+)/m.exec(mapping)?.[1] ?? 0), 0);
}

/** One mapping of a process: its addresses, and the inode of the mapped object. */
export interface Mapping {
  start: number;
  end: number;
  writable: boolean;
  inode: string;
  name: string;
}

export async function mappingsOf(pid: number): Promise<Mapping[]> {
  const lines = ((await read(pid, 'maps')) ?? '').trim().split('\n');
  return lines.flatMap((line) => {
    const match = /^(\w+)-(\w+) (\S+) \S+ \S+ (\d+)\s*(.*)$/.exec(line);
    if (!match) return [];
    const [, start = '', end = '', access = '', inode = '', name = ''] = match;
    return { start: Number(`0x${start}`), end: Number(`0x${end}`), writable: access[1] === 'w', inode, name };
  });
}
