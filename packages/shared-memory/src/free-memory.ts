import { readFileSync, statfsSync } from 'node:fs';

/** Bytes that a new named object can have: what is free in /dev/shm, where there is one, and in memory. */
export function bytesFreeInDevShm(): number {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    return Math.min(bavail * bsize, bytesFreeInMemory());
  } catch {
    return 0; // there is none
  }
}

/**
 * Bytes that a new sealed object can have. Such objects live outside /dev/shm and its limit: what bounds them is the
 * machine's memory and that of the control group, past which the kernel does not say no but kills.
 */
export function bytesFreeInMemory(): number {
  const kibibytes = /^MemAvailable:\s+(\d+) kB/m.exec(readFileSync('/proc/meminfo', 'latin1'))?.[1];
  const machine = kibibytes === undefined ? Number.POSITIVE_INFINITY : Number(kibibytes) * 1024;
  return Math.min(machine, bytesFreeInControlGroup());
}

/** Of this process's own group only (version 2): a limit further up is not looked for. */
function bytesFreeInControlGroup(): number {
  try {
    const group = /^0::(.*)$/m.exec(readFileSync('/proc/self/cgroup', 'latin1'))?.[1] ?? '/';
    const read = (file: string): string => readFileSync(`/sys/fs/cgroup${group}/${file}`, 'latin1').trim();
    const limit = read('memory.max');
    return limit === 'max' ? Number.POSITIVE_INFINITY : Number(limit) - Number(read('memory.current'));
  } catch {
    return Number.POSITIVE_INFINITY; // no such control group: no such limit
  }
}
