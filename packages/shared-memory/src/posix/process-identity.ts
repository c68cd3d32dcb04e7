import { readFileSync, readlinkSync } from 'node:fs';

/**
 * Identifies a process. The kernel reuses PIDs; the start time tells two processes with the same PID apart. `startTime`
 * is in clock ticks since boot, from /proc/PID/stat.
 */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startTime: number;
}

let own: ProcessIdentity | undefined;

/** Returns the identity of this process. */
export function ownIdentity(): ProcessIdentity {
  own ??= { pid: process.pid, startTime: startTimeOf(process.pid) ?? 0 };
  return own;
}

/** Returns true while exactly that process runs. A zombie (dead, not yet reaped by its parent) counts as dead. */
export function isAlive(identity: ProcessIdentity): boolean {
  return startTimeOf(identity.pid) === identity.startTime;
}

/** Returns undefined if there is no such process, or if it is a zombie. */
function startTimeOf(pid: number): number | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return undefined; // no such process
  }
  // The second field is the program's name in parentheses. It may itself contain spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state] = fields;
  if (state === 'Z' || state === 'X') return undefined;
  const startTime = Number(fields[19]);
  return Number.isSafeInteger(startTime) ? startTime : undefined;
}

/** Returns the inode of this process's PID namespace. The same PID in another namespace is another process. */
export function pidNamespace(): string {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0';
  } catch {
    return '0'; // a kernel without PID namespaces: there is only one
  }
}
