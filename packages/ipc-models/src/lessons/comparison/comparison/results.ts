import { type Trip, type Way, ways } from './plan.ts';
import { crossing, median, type Point, spread } from './statistics.ts';

/** What was measured of one way at one size. */
export interface Result {
  readonly way: Way;
  readonly bytes: number;
  /** Bytes a second, of blocks one after the other, acknowledged at the end of a burst; and its spread. */
  readonly rate: number;
  readonly rateSpread: number;
  /** Of the sample that was disturbed least. */
  readonly undisturbedRate: number;
  /** Microseconds from sending one block to its acknowledgement; and its spread. */
  readonly tripUs: number;
  readonly tripSpread: number;
  readonly samples: number;
}

type Measured = 'rate' | 'undisturbedRate' | 'tripUs';

/** Gathers samples: a size that has no bursts has its rate from its trips. */
export class Results {
  readonly #trips = new Map<string, number[]>();
  readonly #bursts = new Map<string, { readonly samples: number[]; readonly blocks: number }>();
  readonly #order: { way: Way; bytes: number }[] = [];

  /** One more sample, microseconds of a trip. */
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

  /** At each size the best of some ways. */
  best(among: readonly Way[], value: Measured): Point[] {
    const choose = value === 'tripUs' ? Math.min : Math.max;
    const curves = among.map((way) => this.points(way, value));
    return (curves[0] ?? []).map(([bytes], index) => [
      bytes,
      choose(...curves.map((points) => points[index]?.[1] ?? Number.NaN)),
    ]);
  }

  /** At each size how many times as fast the best of some ways is as the best of others, each undisturbed. */
  ratios(some: readonly Way[], others: readonly Way[]): Point[] {
    const slower = this.best(others, 'undisturbedRate');
    return this.best(some, 'undisturbedRate').map(([bytes, rate], index) => [
      bytes,
      rate / (slower[index]?.[1] ?? Number.NaN),
    ]);
  }

  /** From how many bytes on one way's trip is shorter than the best of the others'; undefined when it is not in the end. */
  crossing(way: Way, others: readonly Way[]): number | undefined {
    return crossing(this.points(way, 'tripUs'), this.best(others, 'tripUs'));
  }

  /** The same of throughput: a rate is higher where its inverse is lower. */
  rateCrossing(way: Way, others: readonly Way[]): number | undefined {
    const inverse = (points: readonly Point[]) => points.map(([x, y]) => [x, 1 / y] as const);
    return crossing(inverse(this.points(way, 'rate')), inverse(this.best(others, 'rate')));
  }

  /** Ways that have been measured so far. */
  get measured(): Way[] {
    return ways.filter((way) => this.#order.some((each) => each.way === way));
  }
}
