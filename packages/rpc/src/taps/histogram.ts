const bucketsPerOctave = 4;
const smallestMs = 1 / 64;
const octaves = 24;

/** Latencies in buckets of a quarter octave each, from 1/64 ms to about 4 minutes. */
export class Histogram {
  readonly buckets: Uint32Array<ArrayBuffer> = new Uint32Array(octaves * bucketsPerOctave);
  count = 0;
  totalMs = 0;
  longestMs = 0;

  /**
   * Counts a latency.
   * @param ms milliseconds
   */
  add(ms: number): void {
    this.count += 1;
    this.totalMs += ms;
    if (ms > this.longestMs) this.longestMs = ms;
    const index = ms <= smallestMs ? 0 : Math.floor(Math.log2(ms / smallestMs) * bucketsPerOctave);
    this.buckets[Math.min(index, this.buckets.length - 1)]! += 1;
  }

  /**
   * @param share of the values: 0 to 1
   * @returns the quantile for a share from 0 to 1, ms, to within a quarter octave; 0 without values
   */
  quantileMs(share: number): number {
    let remaining = Math.ceil(share * this.count);
    if (remaining === 0) return 0;
    for (const [index, count] of this.buckets.entries()) {
      remaining -= count;
      // The last bucket also holds values off the scale.
      if (remaining <= 0 && index < this.buckets.length - 1)
        return Math.min(smallestMs * 2 ** ((index + 1) / bucketsPerOctave), this.longestMs);
    }
    return this.longestMs;
  }
}
