import { readdirSync } from 'node:fs';
import type { KoffiFunc } from 'koffi';
import { PosixError } from './errors.ts';
import { koffi } from './libc.ts';
import { fcntl } from './posix.ts';

/** Number of the call on x86-64 and ARM64. Linux 5.9; its flag needs 5.11. */
const SYS_close_range = 436;
const CLOSE_RANGE_CLOEXEC = 4;
const F_SETFD = 2;
const FD_CLOEXEC = 1;
/** First descriptor after standard input, output and error. */
const firstOther = 3;
const lastDescriptor = 0xffff_ffff;

type CloseRange = KoffiFunc<(call: number, first: number, last: number, flags: number) => number>;

let bound: CloseRange | undefined;

/**
 * Marks every descriptor of this process except the first three as close-on-exec, so that programs which it starts do
 * not inherit them. An inherited descriptor would hide the death of this process and keep its memory and locks alive.
 *
 * Works with any limit on descriptors and opens none itself, except on kernels without close_range(2). Throws
 * UnsupportedPlatformError if the C library cannot be called.
 */
export function closeOnExec(): void {
  bound ??= koffi()
    .load('libc.so.6')
    .func('int64_t syscall(int64_t call, uint32_t first, uint32_t last, uint32_t flags)') as CloseRange;
  if (bound(SYS_close_range, firstOther, lastDescriptor, CLOSE_RANGE_CLOEXEC) === 0) return;
  markEach();
}

/** Marks the descriptors one by one, for kernels without close_range(2). */
export function markEach(): void {
  for (const name of readdirSync('/proc/self/fd')) {
    const fd = Number(name);
    if (fd < firstOther) continue;
    try {
      fcntl(fd, F_SETFD, FD_CLOEXEC);
    } catch (error) {
      // It was closed after it was listed. The descriptor of the listing itself always is.
      if (!(error instanceof PosixError && error.code === 'EBADF')) throw error;
    }
  }
}
