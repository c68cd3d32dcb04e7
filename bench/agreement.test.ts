import { expect, test } from 'vitest';
import { agree, apart, stated } from './agreement.ts';

test('two figures agree within a factor of two and their spreads, whichever is larger', () => {
  const one = { median: 10, spread: 0 };
  expect(agree(one, { median: 20, spread: 0 })).toBe(true);
  expect(agree({ median: 21, spread: 0 }, one)).toBe(false);
  expect(agree(one, { median: 21, spread: 0.1 })).toBe(true);
  expect(stated({ median: 1, spread: 0.5 }, { median: 1, spread: 0.5 })).toBe(4.5);
  expect(stated({ median: 1, spread: 9 }, { median: 1, spread: 9 })).toBe(4.5);
  expect(apart(one, { median: 2, spread: 0 })).toBe(5);
});

test('what was not measured agrees with nothing', () => {
  expect(agree({ median: Number.NaN, spread: 0 }, { median: 1, spread: 0 })).toBe(false);
  expect(agree({ median: 0, spread: 0 }, { median: 1, spread: 0 })).toBe(false);
});
