import type { ProcessEntry } from '@bulkhead/contracts';
import { expect, test } from 'vitest';
import { heldInPlace, matchesFilter, type ProcessRow, processTree, sortedProcesses } from './process-rows.ts';

const entry = (pid: number, parentPid: number | null, more: Partial<ProcessEntry> = {}): ProcessEntry => ({
  pid,
  parentPid,
  type: 'tab',
  title: `Tab ${pid}`,
  tabs: [],
  pssKiB: null,
  cpuPercent: null,
  seccomp: null,
  pidNamespaces: null,
  noNewPrivileges: null,
  capabilities: null,
  site: null,
  state: null,
  privateKiB: null,
  sharedMemoryKiB: null,
  descriptors: null,
  threads: null,
  nice: null,
  heapBytes: null,
  framesPerSecond: null,
  messagesPerSecond: null,
  bytesPerSecond: null,
  networkBytes: null,
  ...more,
});
const shape = (rows: ProcessRow[]) => rows.map(({ entry: { pid }, depth }) => `${'>'.repeat(depth)}${pid}`);
const pids = (rows: ProcessRow[]) => rows.map(({ entry: { pid } }) => pid);

test('puts children after their parent, by PID', () => {
  const processes = [entry(30, 20), entry(20, 10), entry(25, 20), entry(15, 10), entry(10, 1)];
  expect(shape(processTree(processes))).toEqual(['10', '>15', '>20', '>>25', '>>30']);
});

test('makes a root of a process whose parent is not in the list or not known', () => {
  expect(shape(processTree([entry(30, 20), entry(10, null)]))).toEqual(['10', '30']);
});

test('sorts by a column in both directions', () => {
  const processes = [entry(1, null, { pssKiB: 5 }), entry(2, null, { pssKiB: 9 }), entry(3, null, { pssKiB: 7 })];
  expect(pids(sortedProcesses(processes, { column: 'memory', direction: 'descending' }))).toEqual([2, 3, 1]);
  expect(pids(sortedProcesses(processes, { column: 'memory', direction: 'ascending' }))).toEqual([1, 3, 2]);
});

test('puts values that the system does not report last in both directions', () => {
  const processes = [entry(1, null), entry(2, null, { cpuPercent: 0 }), entry(3, null, { cpuPercent: 50 })];
  expect(pids(sortedProcesses(processes, { column: 'cpu', direction: 'descending' }))).toEqual([3, 2, 1]);
  expect(pids(sortedProcesses(processes, { column: 'cpu', direction: 'ascending' }))).toEqual([2, 3, 1]);
});

test('sorts equals by PID', () => {
  const processes = [entry(3, null, { pssKiB: 5 }), entry(1, null, { pssKiB: 5 })];
  expect(pids(sortedProcesses(processes, { column: 'memory', direction: 'descending' }))).toEqual([1, 3]);
});

test('finds a process by words of its title, its type or its PID', () => {
  const process = entry(4312, null, { title: 'Tide tables', type: 'tab' });
  const shared = entry(1, null, { tabs: ['Opener', 'Child'].map((title, id) => ({ id, title })) });
  expect(matchesFilter(shared, 'child', 'Tab')).toBe(true);
  for (const filter of ['', 'tide', 'TABLES tide', '탭', 'tab 4312', ' 431 ']) {
    expect(matchesFilter(process, filter, '탭'), filter).toBe(true);
  }
  expect(matchesFilter(process, 'tide plugin', '탭')).toBe(false);
});

test('keeps rows in place, and puts new ones at the end', () => {
  const rows = [3, 9, 1, 2].map((pid) => ({ entry: entry(pid, null), depth: 0 }));
  expect(pids(heldInPlace(rows, [1, 2, 7, 3]))).toEqual([1, 2, 3, 9]);
});
