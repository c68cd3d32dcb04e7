/** Returns a quantile, interpolated linearly. NaN without samples. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position - Math.floor(position));
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5);

/** Returns half the distance between the quartiles, relative to the median, as `npm run bench` does. */
export const spread = (samples: readonly number[]): number =>
  (quantile(samples, 0.75) - quantile(samples, 0.25)) / 2 / median(samples);

/** Point of a curve. */
export type Point = readonly [x: number, y: number];

/**
 * Returns the x from which `one` stays below `other`, interpolated linearly on logarithmic axes. It is the first x if
 * `one` is below from the start, and undefined if `one` is not below at the end.
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
