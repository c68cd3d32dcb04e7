import type { ProcessEntry } from '@bulkhead/contracts';

/** The letter that proc_pid_stat(5) has for it; the system itself lists no such process. */
const dead = 'X';

/** Rows that are kept at most: a pointer may rest there for hours. */
const mostGone = 20;

/** Whether a process is in the list for its row alone: the system has it no more. */
export const isGone = ({ state }: ProcessEntry): boolean => state === dead;

/** The processes of now, and the last of those from before that have gone since, which take nothing any more. */
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
