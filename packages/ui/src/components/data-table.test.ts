import { expect, test } from 'vitest';
import { type Column, nextSort } from './data-table.ts';

const memory: Column<'memory' | 'pid'> = { id: 'memory', label: 'Memory', sortFirst: 'descending' };
const pid: Column<'memory' | 'pid'> = { id: 'pid', label: 'PID', sortFirst: 'ascending' };

test('goes through both directions of a column and back to the natural order', () => {
  const first = nextSort(null, memory);
  expect(first).toEqual({ column: 'memory', direction: 'descending' });
  const second = nextSort(first, memory);
  expect(second).toEqual({ column: 'memory', direction: 'ascending' });
  expect(nextSort(second, memory)).toBeNull();
});

test('starts with the first direction of another column', () => {
  expect(nextSort({ column: 'memory', direction: 'ascending' }, pid)).toEqual({
    column: 'pid',
    direction: 'ascending',
  });
});

test('leaves the order alone at a column that does not sort', () => {
  const sort = { column: 'memory', direction: 'ascending' } as const;
  expect(nextSort(sort, { id: 'pid', label: 'PID' })).toBe(sort);
});
