import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Histogram } from './histogram.ts';

it('returns quantiles to within a quarter octave', () => {
  const latency = fc.double({ min: 0.02, max: 60_000, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(latency, { minLength: 1, maxLength: 200 }),
      fc.constantFrom(0.5, 0.9, 0.99, 1),
      (all, share) => {
        const histogram = new Histogram();
        for (const ms of all) histogram.add(ms);
        const exact = all.toSorted((a, b) => a - b)[Math.ceil(share * all.length) - 1]!;
        const told = histogram.quantileMs(share);
        expect(told).toBeGreaterThanOrEqual(exact * 0.999999);
        expect(told).toBeLessThanOrEqual(Math.max(exact * 2 ** 0.25 * 1.000001, 1 / 64));
        expect(histogram).toMatchObject({ count: all.length, longestMs: Math.max(...all) });
      },
    ),
  );
});

it('returns 0 without values, and accepts values off its scale', () => {
  const histogram = new Histogram();
  expect(histogram.quantileMs(0.5)).toBe(0);
  histogram.add(0);
  histogram.add(1e9);
  expect(histogram.quantileMs(1)).toBe(1e9);
});
