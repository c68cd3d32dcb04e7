/** Samples that do not count. The engine compiles twice, at last after some ten thousand calls: a port lives longer. */
const warmUp = 150;
/** A sample is so many slices of so many round trips: a page's clock is coarse. */
const [slices, tripsPerSlice] = [5, 20];

/**
 * Microseconds of a round trip, so many samples of each kind. The kinds take turns every few milliseconds, so that
 * whatever else the machine does, and wherever it puts the processes, happens to all of them alike.
 */
export async function compare<Kind extends string>(
  samples: number,
  kinds: Readonly<Partial<Record<Kind, () => Promise<unknown>>>>,
): Promise<Record<Kind, number[]>> {
  const all = Object.entries(kinds) as [Kind, () => Promise<unknown>][];
  const result = Object.fromEntries(all.map(([kind]) => [kind, [] as number[]])) as Record<Kind, number[]>;
  for (let sample = -warmUp; sample < samples; sample++) {
    const totals = new Map<Kind, number>();
    for (let slice = 0; slice < slices; slice++) {
      for (const [kind, trip] of all) {
        const startedAt = performance.now();
        for (let count = 0; count < tripsPerSlice; count++) await trip();
        totals.set(kind, (totals.get(kind) ?? 0) + performance.now() - startedAt);
      }
    }
    if (sample < 0) continue;
    for (const [kind, ms] of totals) result[kind].push((ms * 1000) / (slices * tripsPerSlice));
  }
  return result;
}
