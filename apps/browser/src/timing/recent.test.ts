import { expect, test } from 'vitest';
import { Recent } from './recent.ts';

test('counts the events of the last second, and forgets older ones', () => {
  const recent = new Recent(1000);
  expect([0, 400, 999].map((at) => recent.add(at))).toEqual([1, 2, 3]);
  expect(recent.count(999)).toBe(3);
  expect(recent.count(1000)).toBe(2);
  expect(recent.add(1400)).toBe(2);
  recent.clear();
  expect(recent.count(1400)).toBe(0);
});
