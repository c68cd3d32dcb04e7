import { quantile } from './statistics.ts';

/** So often a trip is made at once, where a single one is too short for the clock. */
const clockMs = 0.02;
const mostAtOnce = 200;
const mostTrips = 2000;
/** A sample with fewer trips goes on for so many times as long. */
const patience = 4;

const now = () => performance.now();

interface Timing {
  /** No sample takes longer, but for its first trip. */
  readonly sampleMs: number;
  /**
   * With fewer trips it goes on for a while: whoever spins needs a processor at the same time as the other, and where
   * others want them, too, that takes its time.
   */
  readonly fewestTrips: number;
  /** How many trips to make between two looks at the clock. */
  readonly atOnce: number;
}

/**
 * Microseconds of a trip: the lower quartile of those of one sample, since both processes need a processor at once, and
 * others may have it in between. As the bench of the data plane takes them.
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

/** How many trips of so many microseconds the clock needs to be read well. */
export const atOnceFor = (us: number): number => Math.max(1, Math.min(mostAtOnce, Math.floor((1000 * clockMs) / us)));
