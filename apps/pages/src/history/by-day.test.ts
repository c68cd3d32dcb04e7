import { expect, test } from 'vitest';
import { byDay } from './by-day.ts';

const visit = (id: number, ...time: [hour: number, minute?: number]) => ({
  id,
  at: new Date(2026, 10, 22, ...time).getTime(),
  address: '',
  shownAddress: '',
  title: '',
});

test('visits are grouped by day in local time, across midnight', () => {
  const days = byDay([visit(4, 24, 1), visit(3, 24), visit(2, 23, 59), visit(1, 0)]);
  expect(days.map(({ visits }) => visits.map(({ id }) => id))).toEqual([
    [4, 3],
    [2, 1],
  ]);
});
