import { expect, it } from 'vitest';
import type { Trip } from './plan.ts';
import { Results } from './results.ts';

const results = new Results();
const add = (trip: Trip, samples: readonly number[]) => {
  for (const us of samples) results.add(trip, us);
};
add({ way: 'pipe', bytes: 16, blocks: 1 }, [10, 12, 11]);
add({ way: 'pipe', bytes: 16, blocks: 4 }, [40, 32, 36]);
add({ way: 'pipe', bytes: 1024, blocks: 1 }, [100, 100, 100]);
add({ way: 'shared-asleep', bytes: 16, blocks: 1 }, [20, 20, 20]);
add({ way: 'shared-asleep', bytes: 1024, blocks: 1 }, [20, 20, 20]);

it('takes the rate from bursts if there are any, and the time from single trips', () => {
  const [small, large] = results.of('pipe');
  expect(small).toMatchObject({ bytes: 16, tripUs: 11, rate: (4 * 16 * 1e6) / 36, samples: 3 });
  expect(small?.rateSpread).toBeCloseTo(2 / 36);
  expect(large).toMatchObject({ rate: (1024 * 1e6) / 100, tripSpread: 0 });
});

it('finds the size from which one way is faster than the best of others', () => {
  expect(results.crossing('shared-asleep', ['pipe'])).toBeGreaterThan(16);
  expect(results.crossing('pipe', ['shared-asleep'])).toBeUndefined();
  expect(results.ratios(['shared-asleep'], ['pipe']).map(([bytes]) => bytes)).toEqual([16, 1024]);
  expect(results.ratios(['shared-asleep'], ['pipe'])[1]?.[1]).toBeCloseTo(5);
  expect(results.rateCrossing('shared-asleep', ['pipe'])).toBeGreaterThan(16);
});
