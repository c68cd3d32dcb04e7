import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';

/** One process as /proc shows it. A field is null when the system does not report it. */
export interface ProcessReading {
  parentPid: number;
  session: number;
  /** Command line, with NUL between arguments. Empty for a zombie. */
  commandLine: string;
  /** Start time, clock ticks since boot. Together with the PID it identifies a process. */
  startTicks: number;
  /** User and system time together, clock ticks (USER_HZ, 100 a second on every Linux). */
  cpuTicks: number;
  /** System time alone, clock ticks. */
  systemTicks: number;
  /** Letter of the state: R running, S sleeping, D waiting for a device, T stopped, Z zombie. */
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

/** Reads /proc/PID. Undefined when there is no such process, or no /proc. */
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

/** Returns a process's parent. Far cheaper than the whole reading, for walks over all processes of the machine. */
export async function readParentPid(pid: number): Promise<number | undefined> {
  return (await readStat(pid))?.parentPid;
}

/** Reads one line of /proc. Undefined when there is no such process. */
export async function readStat(pid: number): Promise<ReturnType<typeof parseStat> | undefined> {
  const stat = await read(pid, 'stat');
  return stat === undefined ? undefined : parseStat(stat);
}

/**
 * Does the same synchronously. These files are not on a disk: reading one takes some microseconds, and a read in the
 * thread pool would wake two threads.
 */
export function statOf(pid: number | 'thread-self'): ReturnType<typeof parseStat> | undefined {
  const stat = readNow(pid, 'stat');
  return stat === undefined ? undefined : parseStat(stat);
}

/** Resident anonymous memory (heaps, buffers), KiB. Null when the system does not report it. */
export function anonymousKiB(pid: number): number | null {
  return memoryAndThreads(pid)?.usedKiB ?? null;
}

/** Returns the same, and the number of threads. */
export function memoryAndThreads(pid: number): { usedKiB: number; threads: number } | null {
  const status = readNow(pid, 'status');
  const usedKiB = field(status, 'RssAnon');
  return usedKiB === null ? null : { usedKiB, threads: field(status, 'Threads') ?? 0 };
}

/** Processor use of a process. */
export interface ProcessorUse {
  /** Letter of the state. */
  state: string;
  /** Processor time of all its threads, clock ticks. */
  ticks: number;
  /** Context switches of the first thread, voluntary or not. 0 when not requested. */
  wakeups: number;
}

/**
 * Returns undefined when there is no such process, or no /proc.
 * @param countsWakeups reads a second file for the context switches
 */
export function processorUse(pid: number, countsWakeups: boolean): ProcessorUse | undefined {
  const stat = statOf(pid);
  if (!stat) return undefined;
  const status = countsWakeups ? readNow(pid, 'status') : undefined;
  const switches = (kind: string) => field(status, `${kind}_ctxt_switches`) ?? 0;
  return { state: stat.state, ticks: stat.cpuTicks, wakeups: switches('voluntary') + switches('nonvoluntary') };
}

/**
 * Reads a file of /proc/PID synchronously. Always as UTF-8, even where the file is not, because Node reads that without
 * a buffer. For any other encoding it allocates a buffer of 64 KiB for each call, and collected buffers stay in the
 * memory of the process.
 */
export function readNow(pid: number | 'thread-self', name: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return undefined; // gone, no permission, or no descriptor left
  }
}

async function read(pid: number, name: string): Promise<string | undefined> {
  // Gone, or no permission: the caller treats both as "not reported".
  return readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => undefined);
}

/**
 * Parses proc_pid_stat(5). The second field is the command name in parentheses, and may contain any character, also
 * parentheses.
 */
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
