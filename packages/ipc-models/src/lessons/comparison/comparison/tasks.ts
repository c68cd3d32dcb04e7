import * as v from 'valibot';
import { ways } from './plan.ts';

const way = v.picklist(ways);

/** What the director has both processes do next. */
export const task = v.variant('kind', [
  v.strictObject({ kind: v.literal('trips'), way, bytes: v.number(), blocks: v.number(), sampleMs: v.number() }),
  /** Both count up the same number so many times each, with nothing between them and by messages. */
  v.strictObject({ kind: v.literal('count'), shared: v.number(), messages: v.number() }),
  /** The sender changes so many blocks after they were handed over. */
  v.strictObject({ kind: v.literal('change'), times: v.number() }),
  /** The receiver waits this long for a block. */
  v.strictObject({ kind: v.literal('wait'), way, ms: v.number() }),
  v.strictObject({ kind: v.literal('end') }),
]);
export type Task = v.InferOutput<typeof task>;
export type TaskOf<Kind extends Task['kind']> = Extract<Task, { kind: Kind }>;

export const rounds = 5;
