/** Counts the primes among first, first + stride, first + 2 · stride … up to `upTo`, by trial division. */
export function countPrimes(first: number, stride: number, upTo: number): number {
  let primes = 0;
  for (let candidate = first; candidate <= upTo; candidate += stride) if (isPrime(candidate)) primes += 1;
  return primes;
}

function isPrime(candidate: number): boolean {
  if (candidate < 4) return candidate > 1;
  if (candidate % 2 === 0) return false;
  for (let divisor = 3; divisor * divisor <= candidate; divisor += 2) if (candidate % divisor === 0) return false;
  return true;
}

/** Returns the numbers of one share. All are odd, so that the shares have equal work. */
export const shareOf = (index: number, processes: number) => ({ first: 2 * index + 1, stride: 2 * processes });
