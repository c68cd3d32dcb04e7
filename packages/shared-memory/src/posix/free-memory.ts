import { readFileSync, statfsSync } from 'node:fs';

/** Returns the bytes that a new named object can have: the free bytes in /dev/shm or in memory, whichever is less. */
export function bytesFreeInDevShm(): number {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    return Math.min(bavail * bsize, bytesFreeInMemory());
  } catch {
    return 0; // there is no /dev/shm
  }
}

/**
 * Returns the bytes that a new sealed object can have. Such an object is not in /dev/shm and does not count against its
 * limit. It is limited by the memory of the machine and of the control group; beyond that the kernel kills processes.
 */
export function bytesFreeInMemory(): number {
  const kibibytes = /^MemAvailable:\s+(\d+) kB/m.exec(readFileSync('/proc/meminfo', 'latin1'))?.[1];
  const machine = kibibytes === undefined ? Number.POSITIVE_INFINITY : Number(kibibytes) * 1024;
  return Math.min(machine, bytesFreeInControlGroup());
}

/** Reads only the control group (version 2) of this process, and no limit of a parent group. */
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
