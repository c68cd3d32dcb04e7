import { expect, it } from 'vitest';
import { crossing, median, type Point, quantile, spread } from './statistics.ts';

it('interpolates quantiles, and takes the spread as half the distance of the quartiles', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
  expect(spread([1, 2, 3, 4, 5])).toBeCloseTo(1 / 3);
});

it('finds the point from which one curve stays below the other', () => {
  const flat: Point[] = [
    [1, 10],
    [100, 10],
    [10_000, 10],
  ];
  const rising: Point[] = [
    [1, 1],
    [100, 100],
    [10_000, 10_000],
  ];
  expect(crossing(flat, rising)).toBeCloseTo(10);
  expect(crossing(rising, flat)).toBeUndefined();
  expect(
    crossing(
      flat,
      flat.map(([x, y]) => [x, y * 2] as const),
    ),
  ).toBe(1);
});

it('takes the last of several crossings', () => {
  const one: Point[] = [1, 4, 1, 1].map((y, index) => [10 ** index, y]);
  const other: Point[] = [2, 2, 2, 2].map((y, index) => [10 ** index, y]);
  expect(crossing(one, other)).toBeCloseTo(10 ** 1.5);
});
