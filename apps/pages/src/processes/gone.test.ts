import type { ProcessEntry } from '@bulkhead/contracts';
import { expect, test } from 'vitest';
import { isGone, withGone } from './gone.ts';

const entry = (pid: number, state = 'S') =>
  ({ pid, state, pssKiB: 4, tabs: [{ id: pid, title: `Tab ${pid}` }], title: `Tab ${pid}` }) as ProcessEntry;
const goneOf = (entries: readonly ProcessEntry[]) => entries.filter(isGone).map(({ pid }) => pid);

test('an ended process stays listed, without figures and marked as gone', () => {
  const listed = withGone([entry(1), entry(3)], [entry(1), entry(2)]);
  expect(listed.map(({ pid }) => pid)).toEqual([1, 3, 2]);
  expect(listed.at(-1)).toMatchObject({ title: 'Tab 2', pssKiB: null, tabs: [] });
  expect(goneOf(listed)).toEqual([2]);
  expect(goneOf(withGone([entry(1)], listed))).toEqual([3, 2]);
});

test('a new process with a reused PID takes the old row, and the number of kept rows is bounded', () => {
  const before = Array.from({ length: 30 }, (_, index) => entry(index + 1));
  const gone = withGone([], before);
  expect(gone).toHaveLength(20);
  expect(goneOf(withGone([entry(1)], gone))).not.toContain(1);
});
