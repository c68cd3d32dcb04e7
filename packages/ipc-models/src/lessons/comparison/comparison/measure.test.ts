import { beforeEach, expect, it, vi } from 'vitest';
import { atOnceFor, sampleTrip } from './measure.ts';

/** Time of the mock clock, ms. Only trips advance it, so a busy machine does not matter. */
let clock = 0;

beforeEach(() => {
  clock = 0;
  const now = vi.spyOn(performance, 'now').mockImplementation(() => clock);
  return () => now.mockRestore();
});

it('samples until its time is over, and takes the lower quartile', async () => {
  let trips = 0;
  const us = await sampleTrip(
    () => {
      clock += trips++ % 2 === 0 ? 0.1 : 2;
    },
    { sampleMs: 40, fewestTrips: 1, atOnce: 1 },
  );
  expect(trips).toBe(39);
  expect(us).toBeCloseTo(100);
});

it('makes at least one trip, and more if it has too few', async () => {
  let trips = 0;
  const counted = async () => {
    trips += 1;
    clock += 5;
  };
  await sampleTrip(counted, { sampleMs: 0, fewestTrips: 1, atOnce: 1 });
  expect(trips).toBe(1);
  await sampleTrip(counted, { sampleMs: 10, fewestTrips: 100, atOnce: 1 });
  expect(trips).toBe(1 + 8); // four times as long
});

it('makes as many trips at once as the clock needs', () => {
  expect([0.01, 1, 10, 1000].map(atOnceFor)).toEqual([200, 20, 2, 1]);
});
