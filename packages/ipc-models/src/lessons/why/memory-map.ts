import { readFileSync } from 'node:fs';

export interface MapLine {
  /** `start-end`, hexadecimal. */
  readonly range: string;
  /** `rw-p`. */
  readonly access: string;
  /** Device and inode; `00:00 0` for memory without an object. */
  readonly object: string;
  /** Name of the mapping: a file, `[heap]` or `[stack]`; empty for memory without a file. */
  readonly what: string;
}

/** Parses the lines of /proc/PID/maps. */
export function parseMaps(text: string): MapLine[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [range = '', access = '', , device = '', inode = '', ...what] = line.split(/\s+/);
      return { range, access, object: `${device} ${inode}`, what: what.join(' ') };
    });
}

/**
 * Returns the landmarks of a map: the program's code, its heap, its stack, the C library, and the mapping with
 * `address`.
 */
export function landmarks(lines: readonly MapLine[], address: bigint): MapLine[] {
  const code = lines.find(({ access, what }) => access.startsWith('r-x') && what.startsWith('/'));
  const own = lines.find(({ range }) => {
    const [start = 0n, end = 0n] = range.split('-').map((each) => BigInt(`0x${each}`));
    return start <= address && address < end;
  });
  const library = lines.find(({ access, what }) => access.startsWith('r-x') && /\/libc[.-]/.test(what));
  const named = (name: string) => lines.find(({ what }) => what === name);
  return [code, named('[heap]'), own, library, named('[stack]')].filter((line) => line !== undefined);
}

/** Returns the landmarks of this process. */
export const ownLandmarks = (address: bigint): MapLine[] =>
  landmarks(parseMaps(readFileSync('/proc/self/maps', 'utf8')), address);
