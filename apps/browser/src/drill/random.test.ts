import { expect, test } from 'vitest';
import { pick, seededRandom } from './random.ts';

const row = (seed: number) => {
  const random = seededRandom(seed);
  return Array.from({ length: 1000 }, random);
};

test('the same seed gives the same numbers, another seed gives others', () => {
  expect(row(7)).toEqual(row(7));
  expect(row(7)).not.toEqual(row(8));
  expect(Math.min(...row(7))).toBeGreaterThanOrEqual(0);
  expect(Math.max(...row(7))).toBeLessThan(1);
});

test('picks by weight', () => {
  const random = seededRandom(1);
  const picked = Array.from({ length: 4000 }, () =>
    pick(random, [
      ['often', 3],
      ['seldom', 1],
      ['never', 0],
    ] as const),
  );
  const often = picked.filter((each) => each === 'often').length;
  expect(often / picked.length).toBeCloseTo(0.75, 1);
  expect(picked).not.toContain('never');
});
