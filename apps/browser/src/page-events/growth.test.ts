import { expect, test } from 'vitest';
import { Growth } from './growth.ts';

test('growth is counted once, even if memory goes up and down', () => {
  const growth = new Growth();
  growth.measure(100_000, 100);
  expect(growth.take()).toBe(0);
  for (let round = 0; round < 20; round++) {
    growth.measure(120_000, 100);
    growth.measure(100_000, 100);
  }
  expect(growth.take()).toBeGreaterThanOrEqual(20_000);
  growth.measure(120_000, 100);
  expect(growth.take()).toBeLessThan(1000);
});

test('measured strictly, memory that was released counts as growth as soon as it is used again', () => {
  const growth = new Growth();
  growth.measure(200_000, 100);
  growth.measure(100_000, 100, true);
  growth.measure(150_000, 100, true);
  expect(growth.take()).toBe(50_000);
});

test('memory that was released long ago counts as growth when it is used again', () => {
  const growth = new Growth();
  growth.measure(200_000, 100);
  growth.measure(100_000, 900_000);
  growth.measure(200_000, 100);
  expect(growth.take()).toBe(100_000);
});
