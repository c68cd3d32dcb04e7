/** Spins until the first word has reached `sequence` (modulo 2^32). Throws after ten seconds: then the other side is gone. */
export function spinUntil(words: Uint32Array, sequence: number): void {
  for (let look = 0; look < 10_000; look += 1) if (Atomics.load(words, 0) === sequence >>> 0) return;
  const end = performance.now() + 10_000;
  while (Atomics.load(words, 0) !== sequence >>> 0) {
    if (performance.now() > end) throw new Error(`the other process has not come to ${sequence} in ten seconds`);
  }
}
