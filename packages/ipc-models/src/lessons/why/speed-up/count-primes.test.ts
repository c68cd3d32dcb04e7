import { expect, it } from 'vitest';
import { countPrimes, shareOf } from './count-primes.ts';

it('counts primes', () => {
  expect(countPrimes(1, 1, 100)).toBe(25);
  expect(countPrimes(1, 1, 2)).toBe(1);
});

it.each([1, 2, 3, 8])('splits every odd prime into %i shares once', (processes) => {
  const shares = Array.from({ length: processes }, (_, index) => {
    const { first, stride } = shareOf(index, processes);
    return countPrimes(first, stride, 10_000);
  });
  expect(shares.reduce((sum, each) => sum + each, 0)).toBe(1229 - 1);
});
