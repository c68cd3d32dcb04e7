import { expect, test } from 'vitest';
import { tabKeyAction } from './tab-strip-keyboard.ts';

test.each([
  ['ArrowRight', 0, 1],
  ['ArrowRight', 2, 0],
  ['ArrowLeft', 2, 1],
  ['ArrowLeft', 0, 2],
  ['Home', 2, 0],
  ['End', 0, 2],
])('%s on tab %d of 3 moves the focus to %d', (key, index, target) => {
  expect(tabKeyAction(key, index, 3)).toEqual({ do: 'focus', index: target });
});

test.each(['Enter', ' '])('%j activates the tab', (key) => {
  expect(tabKeyAction(key, 1, 3)).toEqual({ do: 'activate' });
});

test.each([
  [0, 3, 1],
  [1, 3, 2],
  [2, 3, 1],
  [0, 1, null],
])('Delete on tab %d of %d closes it and moves the focus to %j', (index, count, nextFocus) => {
  expect(tabKeyAction('Delete', index, count)).toEqual({ do: 'close', nextFocus });
});

test('ignores every other key', () => {
  for (const key of ['Tab', 'Escape', 'a', 'ArrowDown', 'Backspace']) expect(tabKeyAction(key, 0, 3)).toBeNull();
});
