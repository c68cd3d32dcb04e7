import { readdirSync } from 'node:fs';
import type { KoffiFunc } from 'koffi';
import { PosixError } from './errors.ts';
import { koffi } from './libc.ts';
import { fcntl } from './posix.ts';

/** The call's number on x86-64 and ARM64 alike. Linux 5.9; its flag, 5.11. */
const SYS_close_range = 436;
const CLOSE_RANGE_CLOEXEC = 4;
const F_SETFD = 2;
const FD_CLOEXEC = 1;
/** Behind standard input, output and error. */
const firstOther = 3;
const lastDescriptor = 0xffff_ffff;

type CloseRange = KoffiFunc<(call: number, first: number, last: number, flags: number) => number>;

let bound: CloseRange | undefined;

/**
 * Marks every descriptor of this process but the first three to be closed in programs that it starts from now on. A
 * descriptor that another process keeps open never tells that this one has died, and keeps memory and locks alive.
 *
 * Works whatever the limit on descriptors is, and needs none itself. Throws UnsupportedPlatformError where the C library
 * cannot be called.
 */
export function closeOnExec(): void {
  bound ??= koffi()
    .load('libc.so.6')
    .func('int64_t syscall(int64_t call, uint32_t first, uint32_t last, uint32_t flags)') as CloseRange;
  if (bound(SYS_close_range, firstOther, lastDescriptor, CLOSE_RANGE_CLOEXEC) === 0) return;
  markEach();
}

/** For kernels without that call, one by one. */
export function markEach(): void {
  for (const name of readdirSync('/proc/self/fd')) {
    const fd = Number(name);
    if (fd < firstOther) continue;
    try {
      fcntl(fd, F_SETFD, FD_CLOEXEC);
    } catch (error) {
      // Closed since it was listed, as the one is that listed it.
      if (!(error instanceof PosixError && error.code === 'EBADF')) throw error;
    }
  }
}
