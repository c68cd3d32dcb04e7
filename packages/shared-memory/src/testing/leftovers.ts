import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Returns the names of the package's objects in /dev/shm that process `pid` made. */
export function namesOf(pid: number): string[] {
  return readdirSync('/dev/shm').filter((name) => new RegExp(`^(sem\\.)?bulkhead-${pid}-`).test(name));
}

/** Returns the objects that this process still holds: names in /dev/shm, descriptors and mappings. */
export function leftovers(): { names: string[]; descriptors: string[]; mappings: string[] } {
  const isObject = (target: string): boolean => /^\/memfd:|^\/dev\/shm\/bulkhead-/.test(target);
  const descriptors = readdirSync('/proc/self/fd').map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return ''; // the descriptor of readdir itself
    }
  });
  const mappings = readFileSync('/proc/self/maps', 'latin1')
    .split('\n')
    .map((line) => line.slice(line.indexOf('/')))
    .filter(isObject);
  return { names: namesOf(process.pid), descriptors: descriptors.filter(isObject), mappings };
}

export const nothing = { names: [], descriptors: [], mappings: [] };
