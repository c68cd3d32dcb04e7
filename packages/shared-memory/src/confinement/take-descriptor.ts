import { readlinkSync } from 'node:fs';
import { libc } from '../libc.ts';
import { systemCall } from './system-call.ts';

const pidfd_open = 434;
const pidfd_getfd = 438;

/**
 * A copy of the descriptor over which the refused calls of a child are answered (RefusedCalls). Undefined when it has none
 * of that number, or the system does not let a process have it (Yama above 1, some containers). It does not go on to
 * processes that this one starts.
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

/** Whether the system would let it: asked with a descriptor that no process has. */
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
