import { expect, test } from 'vitest';
import { indexBehind, pinnedFirst, shownAfter } from './tab-order.ts';

const tab = (id: number, pinned = false) => ({ id, pinned });
const [one, two, three, four] = [tab(1), tab(2), tab(3), tab(4)];
const openedBy = (...pairs: (readonly [object, object])[]) => {
  const openers = new Map<object, unknown>(pairs);
  return (each: object) => openers.get(each) as typeof one | undefined;
};

test('a tab without an opener goes to the end', () => {
  expect(indexBehind([one, two], undefined, openedBy())).toBe(2);
  expect(indexBehind([], undefined, openedBy())).toBe(0);
});

test('a tab goes behind its opener, and behind the tabs that this one opened before', () => {
  expect(indexBehind([one, two, three], one, openedBy())).toBe(1);
  expect(indexBehind([one, two, three, four], one, openedBy([two, one], [three, one]))).toBe(3);
  // A tab that another one opened ends the row.
  expect(indexBehind([one, two, three, four], one, openedBy([two, one], [three, two], [four, one]))).toBe(2);
});

test('a tab that a pinned tab opens goes behind all pinned tabs', () => {
  const [first, second] = [tab(1, true), tab(2, true)];
  expect(indexBehind([first, second, three], first, openedBy())).toBe(2);
});

test('pinned tabs come first, and the order is otherwise unchanged', () => {
  expect(pinnedFirst([tab(1), tab(2, true), tab(3), tab(4, true)]).map(({ id }) => id)).toEqual([2, 4, 1, 3]);
});

test('the tab to the right takes the place of a closed one, or else the one to the left', () => {
  expect(shownAfter([one, two, three], 1, new Set())).toBe(two);
  expect(shownAfter([one, two, three], 3, new Set())).toBe(three);
  expect(shownAfter([], 0, new Set())).toBeUndefined();
});

test('a held tab never takes the place of a closed one', () => {
  expect(shownAfter([one, two, three], 1, new Set([2]))).toBe(three);
  expect(shownAfter([one, two, three], 1, new Set([2, 3]))).toBe(one);
  expect(shownAfter([one, two, three], 1, new Set([1, 2, 3]))).toBeUndefined();
});
