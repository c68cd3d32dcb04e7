/** For lessons that observe processes: the kernel's counts for a thread, and each system call of another process. */
export { systemCallName } from './posix/system-call-names.ts';
export { allowWatching, SystemCallWatch } from './posix/system-call-watch.ts';
export { type ThreadCounts, threadCounts } from './posix/thread-counts.ts';
