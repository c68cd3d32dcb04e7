import { type Trip, type Way, ways } from './plan.ts';
import { crossing, median, type Point, spread } from './statistics.ts';

/** Measurements of one way at one size. */
export interface Result {
  readonly way: Way;
  readonly bytes: number;
  /** Throughput in bytes per second, with one acknowledgement for each burst, and its spread. */
  readonly rate: number;
  readonly rateSpread: number;
  /** Throughput of the fastest sample. */
  readonly undisturbedRate: number;
  /** Time from sending one block to its acknowledgement, microseconds, and its spread. */
  readonly tripUs: number;
  readonly tripSpread: number;
  readonly samples: number;
}

type Measured = 'rate' | 'undisturbedRate' | 'tripUs';

/** Collects samples. The rate of a size without bursts comes from its trips. */
export class Results {
  readonly #trips = new Map<string, number[]>();
  readonly #bursts = new Map<string, { readonly samples: number[]; readonly blocks: number }>();
  readonly #order: { way: Way; bytes: number }[] = [];

  /** Adds a sample: the time of a trip, microseconds. */
  add({ way, bytes, blocks }: Trip, us: number): void {
    const key = `${way} ${bytes}`;
    if (blocks > 1) {
      const bursts = this.#bursts.get(key) ?? { samples: [], blocks };
      bursts.samples.push(us);
      this.#bursts.set(key, bursts);
      return;
    }
    const trips = this.#trips.get(key) ?? [];
    if (trips.length === 0) this.#order.push({ way, bytes });
    trips.push(us);
    this.#trips.set(key, trips);
  }

  all(): Result[] {
    return this.#order.map(({ way, bytes }) => {
      const trips = this.#trips.get(`${way} ${bytes}`) ?? [];
      const { samples: bursts, blocks } = this.#bursts.get(`${way} ${bytes}`) ?? { samples: trips, blocks: 1 };
      return {
        way,
        bytes,
        rate: (bytes * blocks * 1e6) / median(bursts),
        rateSpread: spread(bursts),
        undisturbedRate: (bytes * blocks * 1e6) / Math.min(...bursts),
        tripUs: median(trips),
        tripSpread: spread(trips),
        samples: trips.length,
      };
    });
  }

  of(way: Way): Result[] {
    return this.all()
      .filter((each) => each.way === way)
      .sort((a, b) => a.bytes - b.bytes);
  }

  points(way: Way, value: Measured): Point[] {
    return this.of(way).map((each) => [each.bytes, each[value]] as const);
  }

  /** Returns the best of some ways at each size. */
  best(among: readonly Way[], value: Measured): Point[] {
    const choose = value === 'tripUs' ? Math.min : Math.max;
    const curves = among.map((way) => this.points(way, value));
    return (curves[0] ?? []).map(([bytes], index) => [
      bytes,
      choose(...curves.map((points) => points[index]?.[1] ?? Number.NaN)),
    ]);
  }

  /** Returns at each size the ratio of the best rate of some ways to the best rate of others, each undisturbed. */
  ratios(some: readonly Way[], others: readonly Way[]): Point[] {
    const slower = this.best(others, 'undisturbedRate');
    return this.best(some, 'undisturbedRate').map(([bytes, rate], index) => [
      bytes,
      rate / (slower[index]?.[1] ?? Number.NaN),
    ]);
  }

  /** Returns the size from which a way has a shorter trip than the best of others; undefined if there is none. */
  crossing(way: Way, others: readonly Way[]): number | undefined {
    return crossing(this.points(way, 'tripUs'), this.best(others, 'tripUs'));
  }

  /**
   * Returns the size from which a way has a higher throughput. Compares inverses, because `crossing` looks for lower
   * values.
   */
  rateCrossing(way: Way, others: readonly Way[]): number | undefined {
    const inverse = (points: readonly Point[]) => points.map(([x, y]) => [x, 1 / y] as const);
    return crossing(inverse(this.points(way, 'rate')), inverse(this.best(others, 'rate')));
  }

  /** The ways that have been measured so far. */
  get measured(): Way[] {
    return ways.filter((way) => this.#order.some((each) => each.way === way));
  }
}
