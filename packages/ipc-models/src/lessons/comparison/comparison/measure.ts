import { quantile } from './statistics.ts';

/** Shortest time to measure: a shorter trip is repeated between two reads of the clock, up to `mostAtOnce` times. */
const clockMs = 0.02;
const mostAtOnce = 200;
const mostTrips = 2000;
/** Factor by which a sample with too few trips is extended. */
const patience = 4;

const now = () => performance.now();

interface Timing {
  /** Longest time of a sample, except for its first trip. */
  readonly sampleMs: number;
  /**
   * With fewer trips the sample is extended. Processes that spin need two processors at the same time, which takes
   * longer on a busy machine.
   */
  readonly fewestTrips: number;
  /** Number of trips between two reads of the clock. */
  readonly atOnce: number;
}

/**
 * Returns the time of a trip, microseconds: the lower quartile of a sample, because both processes need a processor at
 * the same time and other programs may take it. The benchmark of the data plane does the same.
 */
export async function sampleTrip(
  trip: () => undefined | Promise<void>,
  { sampleMs, fewestTrips, atOnce }: Timing,
): Promise<number> {
  const taken: number[] = [];
  const [end, enough] = [now() + sampleMs, now() + patience * sampleMs];
  do {
    const start = now();
    for (let count = 0; count < atOnce; count++) {
      const pending = trip();
      if (pending) await pending;
    }
    taken.push((now() - start) / atOnce);
  } while (taken.length < mostTrips && (now() < end || (taken.length < fewestTrips && now() < enough)));
  return 1000 * quantile(taken, 0.25);
}

/** Returns how many trips of `us` microseconds to make between two reads of the clock. */
export const atOnceFor = (us: number): number => Math.max(1, Math.min(mostAtOnce, Math.floor((1000 * clockMs) / us)));
