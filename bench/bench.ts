/** One row of the table: a figure of Bulkhead against a floor measured in the same run. */
export interface Bench {
  id: string;
  what: string;
  /** Unit of `ours` and `floor`. */
  unit: 'ms' | 'us' | 'GB/s' | 'messages/s' | 'frames/s' | 'ms/s' | 'wake-ups/s' | 'MiB';
  floorName: string;
  /** Target of the ratio ours/floor; with `of: 'ours'`, of Bulkhead's figure itself. */
  target?: { of?: 'ratio' | 'ours'; atMost: number } | { of?: 'ratio' | 'ours'; atLeast: number };
  /** Takes samples of both, alternately if possible, so that disturbances of the machine affect both. */
  measure(): Promise<Samples>;
}

export interface Samples {
  ours: number[];
  floor: number[];
  /** Whether samples with the same index were taken within milliseconds of each other. */
  paired?: boolean;
}

/** A row of results, as it is printed and written. */
export interface Row {
  id: string;
  what: string;
  unit: string;
  /** Medians. */
  ours: number;
  floor: number;
  floorName: string;
  /** Ratio of the medians. For paired samples, the median of their ratios, which other load hardly affects. */
  ratio: number;
  target: string | null;
  met: boolean | null;
  /** Number of our samples; `floorSamples`: of the floor's. */
  samples: number;
  floorSamples: number;
  /**
   * Half the distance between the quartiles of our samples, as a share of the median; `floorSpread`: of the floor's.
   */
  spread: number;
  floorSpread: number;
}

export async function run(bench: Bench): Promise<Row> {
  const { ours, floor, paired } = await bench.measure();
  const { id, what, unit, floorName, target } = bench;
  const medians = { ours: quantile(ours, 0.5), floor: quantile(floor, 0.5) };
  const ratio = paired
    ? quantile(
        ours.map((own, index) => own / (floor[index] ?? Number.NaN)),
        0.5,
      )
    : medians.ours / medians.floor;
  const judged = target?.of === 'ours' ? medians.ours : ratio;
  return {
    id,
    what,
    unit,
    ...medians,
    floorName,
    ratio,
    target: target ? describeTarget(target, unit) : null,
    met: target ? ('atMost' in target ? judged <= target.atMost : judged >= target.atLeast) : null,
    samples: ours.length,
    floorSamples: floor.length,
    spread: spread(ours),
    floorSpread: spread(floor),
  };
}

function describeTarget(target: NonNullable<Bench['target']>, unit: string): string {
  const bound = 'atMost' in target ? `≤ ${target.atMost}` : `≥ ${target.atLeast}`;
  return target.of === 'ours' ? `${bound} ${unit}` : `${bound} ×`;
}

/** Returns a quantile, interpolated linearly; NaN without samples. `share`: 0 to 1. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position - Math.floor(position));
}

/** Half the distance between the quartiles, as a share of the median. */
export const spread = (samples: readonly number[]) =>
  (quantile(samples, 0.75) - quantile(samples, 0.25)) / 2 / quantile(samples, 0.5);
