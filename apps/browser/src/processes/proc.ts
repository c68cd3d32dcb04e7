import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';

/** One process as /proc shows it. A field that the system keeps to itself (or does not have) is null. */
export interface ProcessReading {
  parentPid: number;
  session: number;
  /** Command line, arguments apart by NUL; empty for a zombie. */
  commandLine: string;
  /** Start time in clock ticks since boot: with the PID it names a process for ever. */
  startTicks: number;
  /** User and system time together, clock ticks (USER_HZ, 100 a second on every Linux). */
  cpuTicks: number;
  /** System time alone, clock ticks. */
  systemTicks: number;
  /** Letter of its state: R running, S sleeping, D waiting for a device, T stopped, Z ended. */
  state: string;
  nice: number;
  threads: number;
  seccomp: number | null;
  pidNamespaces: number | null;
  noNewPrivileges: boolean | null;
  /** Effective capabilities, hexadecimal. */
  capabilities: string | null;
  /** Resident shared memory (mapped `memfd` and `shm` objects), KiB. */
  sharedMemoryKiB: number | null;
  pssKiB: number | null;
  privateKiB: number | null;
  descriptors: number | null;
}

export const ticksPerSecond = 100;

/** Reads /proc/PID; undefined when there is no such process (any more), or no /proc at all. */
export async function readProcess(pid: number): Promise<ProcessReading | undefined> {
  const [stat, status, commandLine, rollup, descriptors] = await Promise.all([
    read(pid, 'stat'),
    read(pid, 'status'),
    read(pid, 'cmdline'),
    read(pid, 'smaps_rollup'),
    readdir(`/proc/${pid}/fd`).catch(() => undefined),
  ]);
  if (stat === undefined || status === undefined) return undefined;
  return {
    ...parseStat(stat),
    ...parseStatus(status),
    commandLine: commandLine ?? '',
    pssKiB: field(rollup, 'Pss'),
    privateKiB: sum(field(rollup, 'Private_Clean'), field(rollup, 'Private_Dirty')),
    descriptors: descriptors?.length ?? null,
  };
}

/** Parent of a process: far cheaper than the whole reading, for walks over every process of the machine. */
export async function readParentPid(pid: number): Promise<number | undefined> {
  return (await readStat(pid))?.parentPid;
}

/** What one line of /proc tells; undefined when there is no such process. */
export async function readStat(pid: number): Promise<ReturnType<typeof parseStat> | undefined> {
  const stat = await read(pid, 'stat');
  return stat === undefined ? undefined : parseStat(stat);
}

/**
 * The same at once. These files are no files on a disk: to read one takes some microseconds, and to have a thread of the
 * pool read it wakes that thread and this one again.
 */
export function statOf(pid: number | 'thread-self'): ReturnType<typeof parseStat> | undefined {
  const stat = readNow(pid, 'stat');
  return stat === undefined ? undefined : parseStat(stat);
}

/** Resident memory that no file backs (the heaps, the buffers), KiB; null when the system does not tell. */
export function anonymousKiB(pid: number): number | null {
  return memoryAndThreads(pid)?.usedKiB ?? null;
}

/** The same, and how many threads it has. */
export function memoryAndThreads(pid: number): { usedKiB: number; threads: number } | null {
  const status = readNow(pid, 'status');
  const usedKiB = field(status, 'RssAnon');
  return usedKiB === null ? null : { usedKiB, threads: field(status, 'Threads') ?? 0 };
}

/** What a process does. */
export interface ProcessorUse {
  /** Letter of its state. */
  state: string;
  /** Processor time of all its threads, clock ticks. */
  ticks: number;
  /** How often its first thread has gone to sleep, or has been made to give its processor up; 0 where not asked for. */
  wakeups: number;
}

/**
 * Undefined when there is no such process, or no /proc.
 * @param countsWakeups reads a second file for them
 */
export function processorUse(pid: number, countsWakeups: boolean): ProcessorUse | undefined {
  const stat = statOf(pid);
  if (!stat) return undefined;
  const status = countsWakeups ? readNow(pid, 'status') : undefined;
  const switches = (kind: string) => field(status, `${kind}_ctxt_switches`) ?? 0;
  return { state: stat.state, ticks: stat.cpuTicks, wakeups: switches('voluntary') + switches('nonvoluntary') };
}

/**
 * A file of /proc/PID at once. As UTF-8, also where it is not: that is read without a buffer. For any other encoding the
 * runtime makes one of 64 KiB at each call, and the memory of those that have been collected stays with the process.
 */
export function readNow(pid: number | 'thread-self', name: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return undefined; // gone, not ours to read, or no descriptor is left
  }
}

async function read(pid: number, name: string): Promise<string | undefined> {
  // Gone, or not ours to read: to the caller both are "the system does not tell".
  return readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => undefined);
}

/** proc_pid_stat(5). The second field is the command's name in parentheses and may hold anything, parentheses too. */
export function parseStat(
  text: string,
): Pick<
  ProcessReading,
  'parentPid' | 'session' | 'startTicks' | 'cpuTicks' | 'systemTicks' | 'state' | 'nice' | 'threads'
> {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const number = (index: number) => Number(fields[index - 3]);
  return {
    state: fields[0] ?? '',
    parentPid: number(4),
    session: number(6),
    cpuTicks: number(14) + number(15),
    systemTicks: number(15),
    nice: number(19),
    threads: number(20),
    startTicks: number(22),
  };
}

export function parseStatus(
  text: string,
): Pick<ProcessReading, 'seccomp' | 'pidNamespaces' | 'noNewPrivileges' | 'capabilities' | 'sharedMemoryKiB'> {
  const namespaces = /^NSpid:\s*(.*)$/m.exec(text)?.[1];
  const noNewPrivileges = field(text, 'NoNewPrivs');
  return {
    seccomp: field(text, 'Seccomp'),
    pidNamespaces: namespaces === undefined ? null : namespaces.trim().split(/\s+/).length,
    noNewPrivileges: noNewPrivileges === null ? null : noNewPrivileges === 1,
    capabilities: /^CapEff:\s*([0-9a-f]+)$/m.exec(text)?.[1] ?? null,
    sharedMemoryKiB: field(text, 'RssShmem'),
  };
}

const sum = (one: number | null, other: number | null) => (one === null || other === null ? null : one + other);

function field(text: string | undefined, name: string): number | null {
  const value = text === undefined ? undefined : new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(text)?.[1];
  return value === undefined ? null : Number(value);
}
