import { setTimeout as sleep } from 'node:timers/promises';
import type { Stage } from '../../lab/index.ts';

/** Resolves once the condition holds. Rejects if the run ends before. */
export async function until(stage: Pick<Stage, 'signal'>, condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(1, undefined, { signal: stage.signal });
}
