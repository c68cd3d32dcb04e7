import { readlinkSync } from 'node:fs';
import { libc } from '../posix/libc.ts';
import { systemCall } from './system-call.ts';

const pidfd_open = 434;
const pidfd_getfd = 438;

/**
 * @param pid of the child
 * @param fd number of the listener in the child
 * @returns a copy of the descriptor over which the refused calls of a child are answered (RefusedCalls). Undefined if
 *   the child has no listener with that number, or if the system forbids the copy (Yama above 1, some containers).
 *   Processes that this one starts do not inherit the copy.
 * @see pidfd_getfd(2)
 */
export function takeListener(pid: number, fd: number): number | undefined {
  const copy = withProcess(pid, (process) => systemCall(pidfd_getfd, process, fd, 0));
  if (copy === undefined || copy < 0) return undefined;
  if (isListener(copy)) return copy;
  libc().close(copy);
  return undefined;
}

function isListener(fd: number): boolean {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`) === 'anon_inode:seccomp notify';
  } catch {
    return false;
  }
}

/**
 * @param pid of the process
 * @returns true if the system allows to copy descriptors of a process. Tries it with a number that no process has.
 * @see pidfd_getfd(2)
 */
export function mayTakeDescriptors(pid: number): boolean {
  const EBADF = 9;
  return withProcess(pid, (process) => systemCall(pidfd_getfd, process, 0x7fff_ffff, 0)) === -EBADF;
}

function withProcess(pid: number, what: (descriptor: number) => number): number | undefined {
  const descriptor = systemCall(pidfd_open, pid, 0);
  if (descriptor < 0) return undefined;
  try {
    return what(descriptor);
  } finally {
    libc().close(descriptor);
  }
}
