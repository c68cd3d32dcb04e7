/** Rounds that do not count. The engine compiles twice, at last after some ten thousand calls: a port lives longer. */
const warmUp = 600;
/** In a sample: as few as a page's coarse clock allows, so that most samples see nothing of what else the machine does. */
const trips = 20;

/**
 * Microseconds of a round trip, so many samples of each kind. The kinds take turns every few milliseconds, and each is
 * first as often as the others, so that whatever else the machine does, and wherever it puts the processes, happens to
 * all of them alike.
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
