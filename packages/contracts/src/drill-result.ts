import * as v from 'valibot';
import { matrixCell, witnessReading } from './isolation-matrix.ts';
import { bounded } from './primitives.ts';
import { processEntry } from './process-list.ts';
import { runtimeVersions } from './runtime-versions.ts';

/** Content of the drill's `result.json`. Times in ms, all measured in that run. */
export const drillResult = v.strictObject({
  /** True if every fault was noticed, shown and recovered from, and nothing but the victim felt it. */
  ok: v.boolean(),
  runtime: runtimeVersions,
  /** The processes before the first fault. */
  processes: v.array(processEntry),
  /** The witnesses over the same time without a fault, for comparison of their longest gaps. */
  baseline: v.array(witnessReading),
  faults: v.array(
    v.strictObject({
      ...matrixCell.entries,
      /** Ratio of the witnesses' longest gap to the longest gap of the baseline; null if one was not measured. */
      gapRatio: v.nullable(v.pipe(v.number(), v.finite(), v.minValue(0))),
    }),
  ),
  /** Sentence that says for which faults the witnesses' gaps stayed within the target. */
  gapVerdict: bounded(16_384),
});
export type DrillResult = v.InferOutput<typeof drillResult>;
