/** Rounds that do not count. V8 compiles twice, the second time after some 10,000 calls; a real port lives longer. */
const warmUp = 600;
/** Round trips in a sample: as few as a page's coarse clock allows, so that other load affects few samples. */
const trips = 20;

/**
 * Measures round trips, us, with so many samples of each kind. The kinds alternate every few ms, and each comes first
 * equally often, so that other load and the placement of processes affect all kinds alike.
 */
export async function compare<Kind extends string>(
  samples: number,
  kinds: Readonly<Partial<Record<Kind, () => Promise<unknown>>>>,
): Promise<Record<Kind, number[]>> {
  const turns = Object.entries(kinds) as [Kind, () => Promise<unknown>][];
  const result = Object.fromEntries(turns.map(([kind]) => [kind, [] as number[]])) as Record<Kind, number[]>;
  for (let round = -warmUp; round < samples; round++) {
    for (const [kind, trip] of turns) {
      const startedAt = performance.now();
      for (let count = 0; count < trips; count++) await trip();
      if (round >= 0) result[kind].push(((performance.now() - startedAt) * 1000) / trips);
    }
    turns.push(...turns.splice(0, 1));
  }
  return result;
}
