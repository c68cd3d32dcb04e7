/** What the lessons measure of processes: what the kernel counts of a thread, and each system call of another process. */
export { systemCallName } from './system-call-names.ts';
export { allowWatching, SystemCallWatch } from './system-call-watch.ts';
export { type ThreadCounts, threadCounts } from './thread-counts.ts';
