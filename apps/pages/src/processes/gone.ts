import type { ProcessEntry } from '@bulkhead/contracts';

/** State letter of a dead process in proc_pid_stat(5). The system itself never lists such a process. */
const dead = 'X';

/** Most rows of ended processes that are kept: the pointer may rest on the table for hours. */
const mostGone = 20;

/** Returns whether a process has ended and is listed only to keep its row in place. */
export const isGone = ({ state }: ProcessEntry): boolean => state === dead;

/** Returns the current processes, followed by previous ones that have ended since, without figures. */
export function withGone(now: readonly ProcessEntry[], before: readonly ProcessEntry[]): ProcessEntry[] {
  const listed = new Set(now.map(({ pid }) => pid));
  const gone = before.filter(({ pid }) => !listed.has(pid)).slice(0, mostGone);
  return [...now, ...gone.map((entry) => ({ ...entry, ...nothing, state: dead }))];
}

const nothing = {
  tabs: [],
  pssKiB: null,
  privateKiB: null,
  sharedMemoryKiB: null,
  heapBytes: null,
  cpuPercent: null,
  framesPerSecond: null,
  messagesPerSecond: null,
  bytesPerSecond: null,
  descriptors: null,
  threads: null,
} satisfies Partial<ProcessEntry>;
