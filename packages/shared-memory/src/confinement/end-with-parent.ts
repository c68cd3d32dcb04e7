import { capabilities } from '../posix/capabilities.ts';
import { koffi } from '../posix/libc.ts';

const PR_SET_PDEATHSIG = 1;
const SIGKILL = 9;

/**
 * Makes the kernel end this process when its parent ends, even while this process is stopped (PR_SET_PDEATHSIG). The
 * signal comes when the parent's thread that started this process ends, so the parent must keep that thread, as
 * Chromium does. Ends this process at once if the parent has already ended. Does nothing if the C library cannot be
 * called.
 * @param parentPid that this process was started with
 * @see prctl(2), PR_SET_PDEATHSIG
 */
export function endWithParent(parentPid: number): void {
  if (!capabilities().sharedMemory) return; // no C library to call prctl with
  const prctl = koffi().load('libc.so.6').func('int prctl(int option, long a, long b, long c, long d)');
  prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  if (process.ppid !== parentPid) process.exit(1);
}
