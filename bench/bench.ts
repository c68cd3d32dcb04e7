/** One row of the table: something of ours against a floor measured in the same run. */
export interface Bench {
  id: string;
  what: string;
  /** Of `ours` and `floor`. */
  unit: 'ms' | 'us' | 'GB/s' | 'messages/s' | 'frames/s' | 'ms/s' | 'wake-ups/s' | 'MiB';
  floorName: string;
  /** Of the ratio ours/floor, or of ours itself, where `of` says so. */
  target?: { of?: 'ratio' | 'ours'; atMost: number } | { of?: 'ratio' | 'ours'; atLeast: number };
  /** Samples of both, taken alternately where that can be, so that what disturbs the machine disturbs both. */
  measure(): Promise<Samples>;
}

export interface Samples {
  ours: number[];
  floor: number[];
  /** Those with the same index were taken within milliseconds of each other. */
  paired?: boolean;
}

/** A row as it is printed and written. */
export interface Row {
  id: string;
  what: string;
  unit: string;
  /** Medians. */
  ours: number;
  floor: number;
  floorName: string;
  /** Of the medians; of paired samples, the median of their ratios, which what else the machine does hardly moves. */
  ratio: number;
  target: string | null;
  met: boolean | null;
  /** How many of ours, and how many of the floor. */
  samples: number;
  floorSamples: number;
  /** Of ours, and of the floor: half the distance between the quartiles, as a share of the median. */
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

/** Linear between the neighbours. NaN of no samples. */
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
