import { capabilities } from '../capabilities.ts';
import { koffi } from '../libc.ts';

const PR_SET_PDEATHSIG = 1;
const SIGKILL = 9;

/**
 * Has the kernel end this process when its parent ends, even while this one is stopped and could not notice. The
 * signal comes when the parent's thread that started this process ends: right for a parent that keeps that thread, as
 * Chromium does. Does nothing where the platform has no such thing, or it cannot be asked for. Ends this process at once when the parent has
 * gone already.
 */
export function endWithParent(parentPid: number): void {
  if (!capabilities().sharedMemory) return; // without the C library, neither of the two
  const prctl = koffi().load('libc.so.6').func('int prctl(int option, long a, long b, long c, long d)');
  prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  if (process.ppid !== parentPid) process.exit(1);
}
