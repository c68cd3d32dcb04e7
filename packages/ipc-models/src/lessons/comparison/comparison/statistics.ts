/** Linear between the neighbours. NaN of no samples. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position - Math.floor(position));
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5);

/** Half the distance between the quartiles, as a share of the median: as `npm run bench` states it. */
export const spread = (samples: readonly number[]): number =>
  (quantile(samples, 0.75) - quantile(samples, 0.25)) / 2 / median(samples);

/** Of a curve: where, and what. */
export type Point = readonly [x: number, y: number];

/**
 * Where `one` comes below `other` for good, on rising x: between two points along the straight line that both axes'
 * logarithms make of it. The first x when it is below from the beginning; undefined when it is not below at the end.
 */
export function crossing(one: readonly Point[], other: readonly Point[]): number | undefined {
  const distances = one.map(([x, y], index) => [x, Math.log(y) - Math.log(other[index]?.[1] ?? Number.NaN)] as const);
  const above = distances.findLastIndex(([, distance]) => !(distance < 0));
  const [before, after] = [distances[above], distances[above + 1]];
  if (!after) return undefined;
  if (!before) return after[0];
  const share = before[1] / (before[1] - after[1]);
  return Math.exp(Math.log(before[0]) + share * (Math.log(after[0]) - Math.log(before[0])));
}
