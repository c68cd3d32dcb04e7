import { expect, test } from 'vitest';
import { refusedBuffer, refusedCounts } from './refused-counts.ts';

const place = () => {
  const [counts] = refusedCounts(refusedBuffer());
  if (!counts) throw new Error('there is no place');
  return counts;
};

test('counts each call by its number, and calls unknown to every kernel together', () => {
  const counts = place();
  for (const number of [999, 999, -1, 2 ** 31 - 1, 511, 511]) counts.count(number);
  expect(counts.describe()).toEqual({
    total: 6,
    calls: [
      { name: 'call 512', count: 4 },
      { name: 'call 511', count: 2 },
    ],
  });
});

test('names the eight calls that were refused most often', () => {
  const counts = place();
  for (let number = 0; number < 20; number++) for (let times = 0; times <= number; times++) counts.count(470 + number);
  const { total, calls } = counts.describe();
  expect(total).toBe(210);
  expect(calls.map(({ count }) => count)).toEqual([20, 19, 18, 17, 16, 15, 14, 13]);
});

test('only one of the two threads closes a listener, and the next process starts with no counts', () => {
  const counts = place();
  counts.begin(0);
  expect(counts.listener).toBe(0);
  counts.count(1);
  counts.tell('counted');
  expect(counts.end(7)).toBe(false);
  expect([counts.end(0), counts.end(0)]).toEqual([true, false]);
  expect(counts.listener).toBeUndefined();
  counts.begin(7);
  expect(counts.takeNews()).toBeUndefined();
  expect(counts.describe().total).toBe(0);
});

test('news is reported once, and each place reports its own', () => {
  const [one, other] = refusedCounts(refusedBuffer());
  one?.tell('counted');
  one?.tell('too-many');
  expect([one?.takeNews(), one?.takeNews(), other?.takeNews()]).toEqual(['too-many', undefined, undefined]);
});
