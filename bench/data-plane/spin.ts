/**
 * Spins until the first word is `sequence` (modulo 2^32). Throws after ten seconds, because the other side has ended.
 */
export function spinUntil(words: Uint32Array, sequence: number): void {
  for (let look = 0; look < 10_000; look += 1) if (Atomics.load(words, 0) === sequence >>> 0) return;
  const end = performance.now() + 10_000;
  while (Atomics.load(words, 0) !== sequence >>> 0) {
    if (performance.now() > end) throw new Error(`the other process has not reached ${sequence} in ten seconds`);
  }
}
