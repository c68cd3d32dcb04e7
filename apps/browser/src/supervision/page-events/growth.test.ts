import { expect, test } from 'vitest';
import { Growth } from './growth.ts';

test('growth is counted once, also where memory goes up and down', () => {
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

test('measured strictly, memory that was given back is growth as soon as it is used again', () => {
  const growth = new Growth();
  growth.measure(200_000, 100);
  growth.measure(100_000, 100, true);
  growth.measure(150_000, 100, true);
  expect(growth.take()).toBe(50_000);
});

test('memory that was given back long ago is growth when it is used again', () => {
  const growth = new Growth();
  growth.measure(200_000, 100);
  growth.measure(100_000, 900_000);
  growth.measure(200_000, 100);
  expect(growth.take()).toBe(100_000);
});
