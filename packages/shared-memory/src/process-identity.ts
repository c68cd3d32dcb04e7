import { readFileSync, readlinkSync } from 'node:fs';

/**
 * Which process, beyond its number, which the kernel gives to others after it: the start time tells them apart.
 * `startTime` is in clock ticks since boot, as /proc/PID/stat has it.
 */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startTime: number;
}

let own: ProcessIdentity | undefined;

/** This process. */
export function ownIdentity(): ProcessIdentity {
  own ??= { pid: process.pid, startTime: startTimeOf(process.pid) ?? 0 };
  return own;
}

/** True while exactly that process runs. A zombie, dead but not yet reaped by its parent, counts as dead. */
export function isAlive(identity: ProcessIdentity): boolean {
  return startTimeOf(identity.pid) === identity.startTime;
}

/** Undefined when there is no such process, or only its zombie. */
function startTimeOf(pid: number): number | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return undefined; // no such process
  }
  // The second field is the program's name in parentheses and may itself hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state] = fields;
  if (state === 'Z' || state === 'X') return undefined;
  const startTime = Number(fields[19]);
  return Number.isSafeInteger(startTime) ? startTime : undefined;
}

/** The inode of this process's PID namespace: the same PID in another namespace is another process. */
export function pidNamespace(): string {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0';
  } catch {
    return '0'; // a kernel without PID namespaces: there is only one
  }
}
