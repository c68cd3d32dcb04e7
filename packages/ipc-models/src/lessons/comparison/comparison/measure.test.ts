import { expect, it } from 'vitest';
import { atOnceFor, sampleTrip } from './measure.ts';

it('samples until its time is over, and takes the quartile of the fast ones', async () => {
  let trips = 0;
  const us = await sampleTrip(
    () => {
      const end = performance.now() + (trips++ % 2 === 0 ? 0.1 : 2);
      while (performance.now() < end);
    },
    { sampleMs: 40, fewestTrips: 1, atOnce: 1 },
  );
  expect(trips).toBeGreaterThan(4);
  expect(us).toBeGreaterThanOrEqual(100);
  expect(us).toBeLessThan(2000);
});

it('makes one trip at least, and more where it has too few', async () => {
  const slow = () => new Promise<void>((resolve) => setTimeout(resolve, 5));
  let trips = 0;
  const counted = () => {
    trips += 1;
    return slow();
  };
  await sampleTrip(counted, { sampleMs: 0, fewestTrips: 1, atOnce: 1 });
  expect(trips).toBe(1);
  await sampleTrip(counted, { sampleMs: 10, fewestTrips: 100, atOnce: 1 });
  expect(trips).toBeGreaterThan(3);
  expect(trips).toBeLessThan(100);
});

it('makes as many trips at once as the clock needs', () => {
  expect([0.01, 1, 10, 1000].map(atOnceFor)).toEqual([200, 20, 2, 1]);
});
