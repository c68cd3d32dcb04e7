import { readdirSync, readlinkSync } from 'node:fs';
import { libc } from '../posix/libc.ts';

/**
 * Descriptors that V8, libuv and Chromium's channels still need: sockets and pipes to other processes, objects that
 * wake event loops, and shared memory without a name that is in transit in a message.
 */
const needed = /^(?:socket:|pipe:|anon_inode:\[event(?:poll|fd)\]|\/dev\/null$|\/dev\/shm\/.* \(deleted\)$|\/memfd:)/;

const O_RDWR = 2;

const ring = 'anon_inode:[io_uring]';

/** Returns the io_uring descriptors of this process. */
export const openRings = (): number[] =>
  readdirSync('/proc/self/fd')
    .map(Number)
    .filter((number) => targetOf(number) === ring);

/** Result of `dropDescriptors`. */
export interface Dropped {
  /** Number of descriptors that were replaced. */
  readonly dropped: number;
  /** io_uring descriptors of event loops. An event loop of libuv 1.49 and later has one and cannot work without it. */
  readonly rings: readonly number[];
}

/**
 * Replaces every descriptor that this process does not need with /dev/null: files of Electron, terminals, and inherited
 * descriptors. The number stays open, because its owner may close it later and must not close a new descriptor.
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

/** Returns /dev/null for a descriptor that is closed by now, such as that of the listing itself. */
function targetOf(number: number): string {
  try {
    return readlinkSync(`/proc/self/fd/${number}`);
  } catch {
    return '/dev/null';
  }
}
