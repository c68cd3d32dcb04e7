import { readFileSync } from 'node:fs';

/** The kernel's data about a mapping. */
export interface Mapped {
  /** Device and inode of the object, such as `08:01 1234`. If two processes have the same, they share the memory. */
  readonly object: string;
  readonly access: 'read-only' | 'read-write' | 'none';
}

const line = /^([0-9a-f]+)-([0-9a-f]+) ([r-])([w-])\S* \S+ (\S+) (\d+)/;

/** Returns the mapping at an address (`0x7f…`) of this process, from /proc/self/maps, or undefined if there is none. */
export function mappedAt(address: string, maps = readFileSync('/proc/self/maps', 'latin1')): Mapped | undefined {
  const at = BigInt(address);
  for (const each of maps.split('\n')) {
    const [, start, end, read, write, device, inode] = line.exec(each) ?? [];
    if (!start || !end || at < BigInt(`0x${start}`) || at >= BigInt(`0x${end}`)) continue;
    const access = read === 'r' ? (write === 'w' ? 'read-write' : 'read-only') : 'none';
    return { object: `${device} ${inode}`, access };
  }
  return undefined;
}
