import { readdirSync, readlinkSync } from 'node:fs';
import { libc } from '../libc.ts';

/**
 * What V8, libuv and Chromium's channels go on needing: sockets and pipes to processes that have the other end, objects
 * that wake event loops, and shared memory without a name that is on its way in a message.
 */
const needed = /^(?:socket:|pipe:|anon_inode:\[event(?:poll|fd)\]|\/dev\/null$|\/dev\/shm\/.* \(deleted\)$|\/memfd:)/;

const O_RDWR = 2;

const ring = 'anon_inode:[io_uring]';

/** Rings that this process has. */
export const openRings = (): number[] =>
  readdirSync('/proc/self/fd')
    .map(Number)
    .filter((number) => targetOf(number) === ring);

/** What became of the descriptors. */
export interface Dropped {
  /** How many were taken. */
  readonly dropped: number;
  /** Rings that an event loop made before: from libuv 1.49 on it has one, and cannot do without it any more. */
  readonly rings: readonly number[];
}

/**
 * Takes from this process every descriptor that it does not need: files of the runtime, terminals, and what it was
 * started with. Each number then stands for /dev/null, because its owner may close it later, and must not close another
 * one of the same number.
 */
export function dropDescriptors(keep: ReadonlySet<number> = new Set()): Dropped {
  const { open, close, dup2 } = libc();
  const nothing = open('/dev/null', O_RDWR);
  if (nothing < 0) throw new Error('/dev/null could not be opened');
  let dropped = 0;
  const rings: number[] = [];
  for (const number of readdirSync('/proc/self/fd').map(Number)) {
    const target = targetOf(number);
    if (target === ring) rings.push(number);
    else if (number === nothing || keep.has(number) || needed.test(target)) continue;
    else if (dup2(nothing, number) === number) dropped++;
  }
  close(nothing);
  return { dropped, rings };
}

/** The target of one that has gone, such as the folder's own, needs nothing done. */
function targetOf(number: number): string {
  try {
    return readlinkSync(`/proc/self/fd/${number}`);
  } catch {
    return '/dev/null';
  }
}
