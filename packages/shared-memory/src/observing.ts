/** For lessons that observe processes: the kernel's counts for a thread, and each system call of another process. */
export { systemCallName } from './system-call-names.ts';
export { allowWatching, SystemCallWatch } from './system-call-watch.ts';
export { type ThreadCounts, threadCounts } from './thread-counts.ts';
