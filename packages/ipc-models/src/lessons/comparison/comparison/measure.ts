import { quantile } from './statistics.ts';

/** So often a trip is made at once, where a single one is too short for the clock. */
const clockMs = 0.02;
const mostAtOnce = 200;
const mostTrips = 2000;
/** Where even single trips take longer than a sample should: so many rounds at least, and no more once it took so many times as long. */
const fewestRounds = 3;
const patience = 3;

const now = () => performance.now();

interface Timing {
  /** Samples to take; one more before them does not count. */
  readonly rounds: number;
  /** No sample takes longer, but for its first trip. */
  readonly sampleMs: number;
  /** Lets the event loop go on between samples. */
  turn(): Promise<void>;
}

/**
 * Microseconds of a trip, a sample for each round: the lower quartile of its trips, since both processes need a processor
 * at once, and others may have it in between. As the bench of the data plane takes them.
 */
export async function measureTrip(trip: () => undefined | Promise<void>, timing: Timing): Promise<number[]> {
  const { rounds, sampleMs, turn } = timing;
  const samples: number[] = [];
  const enough = now() + patience * (rounds + 1) * sampleMs;
  let atOnce = 1;
  for (let round = -1; round < rounds; round++) {
    const taken: number[] = [];
    const end = now() + sampleMs;
    do {
      const start = now();
      for (let count = 0; count < atOnce; count++) {
        const pending = trip();
        if (pending) await pending;
      }
      taken.push((now() - start) / atOnce);
    } while (now() < end && taken.length < mostTrips);
    const ms = quantile(taken, 0.25);
    if (round >= 0) samples.push(ms * 1000);
    atOnce = Math.max(1, Math.min(mostAtOnce, Math.floor(clockMs / ms)));
    await turn();
    if (samples.length >= fewestRounds && now() > enough) break;
  }
  return samples;
}
