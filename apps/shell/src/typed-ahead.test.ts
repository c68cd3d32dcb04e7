import { addressKeyOf } from '@bulkhead/contracts';
import { expect, test } from 'vitest';
import { TypedAhead } from './typed-ahead.svelte.ts';

const type = (ahead: TypedAhead, text: string) => {
  if (ahead.current) ahead.current.text = text;
};

test('keeps text that is typed after a request until the state names its tab', () => {
  const ahead = new TypedAhead();
  expect(ahead.keyCame(addressKeyOf(1))).toBe(true);
  type(ahead, 'one');
  expect(ahead.take({ count: 0, tabs: [] })).toEqual([]);
  ahead.keyCame(addressKeyOf(2));
  type(ahead, 'two');
  expect(ahead.take({ count: 2, tabs: [7, 8] })).toEqual([
    { tab: 7, text: 'one', address: null },
    { tab: 8, text: 'two', address: null },
  ]);
  expect(ahead.current).toBeUndefined();
});

test('keeps nothing when the state comes before the key, and ignores other keys', () => {
  const ahead = new TypedAhead();
  ahead.take({ count: 3, tabs: [1, 2, 3] });
  expect(ahead.keyCame(addressKeyOf(3))).toBe(true);
  expect(ahead.current).toBeUndefined();
  expect(ahead.keyCame('a')).toBe(false);
});

test('text typed after pressing the new-tab button goes to the tab that it opens, with and without a key', () => {
  for (const hasKey of [true, false]) {
    const ahead = new TypedAhead();
    const tell = ahead.expect();
    type(ahead, 'typed');
    if (hasKey) ahead.keyCame(addressKeyOf(1));
    expect(ahead.take({ count: 0, tabs: [] })).toEqual([]);
    tell(5);
    expect(ahead.take({ count: 1, tabs: [5] })).toEqual([{ tab: 5, text: 'typed', address: null }]);
  }
});

test('keeps nothing for a tab that could not be opened', () => {
  const ahead = new TypedAhead();
  ahead.expect()(null);
  expect(ahead.current).toBeUndefined();
});
