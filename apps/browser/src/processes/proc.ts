import { readFile } from 'node:fs/promises';

/** One process as /proc shows it. A field that the system keeps to itself (or does not have) is null. */
export interface ProcessReading {
  parentPid: number;
  /** Command line, arguments apart by NUL; empty for a zombie. */
  commandLine: string;
  /** Start time in clock ticks since boot: with the PID it names a process for ever. */
  startTicks: number;
  /** User and system time together, clock ticks (USER_HZ, 100 a second on every Linux). */
  cpuTicks: number;
  seccomp: number | null;
  pidNamespaces: number | null;
  noNewPrivileges: boolean | null;
  pssKiB: number | null;
}

export const ticksPerSecond = 100;

/** Reads /proc/PID; undefined when there is no such process (any more), or no /proc at all. */
export async function readProcess(pid: number): Promise<ProcessReading | undefined> {
  const [stat, status, commandLine, pss] = await Promise.all([
    read(pid, 'stat'),
    read(pid, 'status'),
    read(pid, 'cmdline'),
    read(pid, 'smaps_rollup'),
  ]);
  if (stat === undefined || status === undefined) return undefined;
  return { ...parseStat(stat), ...parseStatus(status), commandLine: commandLine ?? '', pssKiB: field(pss, 'Pss') };
}

/** Parent of a process: far cheaper than the whole reading, for walks over every process of the machine. */
export async function readParentPid(pid: number): Promise<number | undefined> {
  const stat = await read(pid, 'stat');
  return stat === undefined ? undefined : parseStat(stat).parentPid;
}

async function read(pid: number, name: string): Promise<string | undefined> {
  // Gone, or not ours to read: to the caller both are "the system does not tell".
  return readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => undefined);
}

/** proc_pid_stat(5). The second field is the command's name in parentheses and may hold anything, parentheses too. */
export function parseStat(text: string): Pick<ProcessReading, 'parentPid' | 'startTicks' | 'cpuTicks'> {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const number = (index: number) => Number(fields[index - 3]);
  return { parentPid: number(4), cpuTicks: number(14) + number(15), startTicks: number(22) };
}

export function parseStatus(text: string): Pick<ProcessReading, 'seccomp' | 'pidNamespaces' | 'noNewPrivileges'> {
  const namespaces = /^NSpid:\s*(.*)$/m.exec(text)?.[1];
  const noNewPrivileges = field(text, 'NoNewPrivs');
  return {
    seccomp: field(text, 'Seccomp'),
    pidNamespaces: namespaces === undefined ? null : namespaces.trim().split(/\s+/).length,
    noNewPrivileges: noNewPrivileges === null ? null : noNewPrivileges === 1,
  };
}

function field(text: string | undefined, name: string): number | null {
  const value = text === undefined ? undefined : new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(text)?.[1];
  return value === undefined ? null : Number(value);
}
