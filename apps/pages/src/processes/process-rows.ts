import type { ProcessEntry } from '@bulkhead/contracts';
import type { Sort } from '@bulkhead/ui/data-table';
import { sandboxOf, sandboxRank } from './sandbox.ts';

export type ProcessColumn =
  | 'process'
  | 'pid'
  | 'parent'
  | 'site'
  | 'memory'
  | 'private'
  | 'shared'
  | 'heap'
  | 'cpu'
  | 'frames'
  | 'messages'
  | 'traffic'
  | 'network'
  | 'descriptors'
  | 'threads'
  | 'priority'
  | 'history'
  | 'memory-history'
  | 'sandbox';

export interface ProcessRow {
  entry: ProcessEntry;
  /** Number of listed ancestors; 0 in a sorted list. */
  depth: number;
}

const sortKeys: Record<ProcessColumn, (entry: ProcessEntry) => number | string | null> = {
  process: (entry) => `${entry.type} ${entry.title}`,
  pid: (entry) => entry.pid,
  parent: (entry) => entry.parentPid,
  memory: (entry) => entry.pssKiB,
  site: (entry) => entry.site,
  private: (entry) => entry.privateKiB,
  shared: (entry) => entry.sharedMemoryKiB,
  heap: (entry) => entry.heapBytes,
  cpu: (entry) => entry.cpuPercent,
  history: (entry) => entry.cpuPercent,
  'memory-history': (entry) => entry.pssKiB,
  frames: (entry) => entry.framesPerSecond,
  messages: (entry) => entry.messagesPerSecond,
  traffic: (entry) => entry.bytesPerSecond,
  network: (entry) => entry.networkBytes,
  descriptors: (entry) => entry.descriptors,
  threads: (entry) => entry.threads,
  priority: (entry) => entry.nice,
  sandbox: (entry) => sandboxRank(sandboxOf(entry)),
};

/** Returns the processes as a tree, children after their parent by PID. A process without a listed parent is a root. */
export function processTree(processes: readonly ProcessEntry[]): ProcessRow[] {
  const listed = new Set(processes.map(({ pid }) => pid));
  const childrenOf = new Map<number | null, ProcessEntry[]>();
  for (const entry of processes.toSorted((a, b) => a.pid - b.pid)) {
    const parent = entry.parentPid !== null && listed.has(entry.parentPid) ? entry.parentPid : null;
    childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), entry]);
  }
  const rows: ProcessRow[] = [];
  const visit = (parent: number | null, depth: number): void => {
    for (const entry of childrenOf.get(parent) ?? []) {
      rows.push({ entry, depth });
      visit(entry.pid, depth + 1);
    }
  };
  visit(null, 0);
  return rows;
}

/** Sorts the processes by one column. Values that the system does not report come last in both directions. */
export function sortedProcesses(processes: readonly ProcessEntry[], sort: Sort<ProcessColumn>): ProcessRow[] {
  const keyOf = sortKeys[sort.column];
  const sign = sort.direction === 'ascending' ? 1 : -1;
  return processes
    .map((entry) => ({ entry, depth: 0, key: keyOf(entry) }))
    .sort((a, b) => {
      if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
      const order =
        typeof a.key === 'number' && typeof b.key === 'number' ? a.key - b.key : `${a.key}`.localeCompare(`${b.key}`);
      return order * sign || a.entry.pid - b.entry.pid;
    })
    .map(({ entry, depth }) => ({ entry, depth }));
}

/** Returns whether every word of the filter is in a process's title, type, site or PID. */
export function matchesFilter(entry: ProcessEntry, filter: string, typeName: string): boolean {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const text =
    `${entry.title} ${entry.tabs.map(({ title }) => title).join(' ')} ${entry.type} ${typeName} ${entry.site ?? ''} ${entry.pid}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/** Returns the rows in their previous order, new ones last, so that no row moves under the pointer. */
export function heldInPlace(rows: readonly ProcessRow[], order: readonly number[]): ProcessRow[] {
  const place = new Map(order.map((pid, index) => [pid, index]));
  return rows.toSorted((a, b) => (place.get(a.entry.pid) ?? order.length) - (place.get(b.entry.pid) ?? order.length));
}
