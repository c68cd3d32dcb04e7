import { expect, test } from 'vitest';
import { align, axisNumber } from './chart-data.ts';

test('series share one axis, with gaps where one has no value', () => {
  const series = [
    {
      label: 'a',
      points: [
        [16, 1],
        [64, 2],
      ] as [number, number][],
    },
    {
      label: 'b',
      points: [
        [64, 3],
        [1024, 4],
      ] as [number, number][],
    },
  ];
  expect(align(series)).toEqual([
    [16, 64, 1024],
    [1, 2, null],
    [null, 3, 4],
  ]);
});

test.each([
  [65_536, 'bytes', '64 KiB'],
  [1.5e9, 'bytes/s', '1.5 GB/s'],
  [20, 'us', '20 µs'],
  [2500, 'us', '2.5 ms'],
  [50, 'percent', '50 %'],
  [0, 'count', '0'],
] as const)('%d %s reads %s', (value, unit, text) => expect(axisNumber(value, unit)).toBe(text));
