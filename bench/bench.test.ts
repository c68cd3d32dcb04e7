import { expect, test } from 'vitest';
import { quantile, run } from './bench.ts';

test('judges the ratio of the medians, or our median, against the target', async () => {
  const bench = {
    id: 'a/b',
    what: '',
    unit: 'ms' as const,
    floorName: 'floor',
    measure: async () => ({ ours: [30, 10, 20], floor: [10, 10, 10] }),
  };
  expect(await run({ ...bench, target: { atMost: 2 } })).toMatchObject({
    ours: 20,
    ratio: 2,
    met: true,
    target: '≤ 2 ×',
  });
  expect(await run({ ...bench, target: { atMost: 1.9 } })).toMatchObject({ met: false });
  expect(await run({ ...bench, target: { of: 'ours', atLeast: 20 } })).toMatchObject({ met: true, target: '≥ 20 ms' });
  expect(await run(bench)).toMatchObject({ met: null, target: null, spread: 0.25, floorSpread: 0 });
});

test('judges paired samples by the median of their ratios', async () => {
  const bench = { id: 'a/b', what: '', unit: 'ms' as const, floorName: 'floor', target: { atMost: 1 } };
  // The machine is busy with other work during the first two pairs, and within the last one.
  const samples = { ours: [90, 90, 9, 9, 27], floor: [100, 100, 10, 10, 100] };
  expect(await run({ ...bench, measure: async () => ({ ...samples, paired: true }) })).toMatchObject({ ratio: 0.9 });
  expect(await run({ ...bench, measure: async () => ({ ...samples, paired: false }) })).toMatchObject({ ratio: 0.27 });
});

test('takes quantiles between samples', () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(quantile([], 0.5)).toBeNaN();
});
