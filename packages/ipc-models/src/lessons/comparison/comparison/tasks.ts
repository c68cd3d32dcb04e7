import * as v from 'valibot';
import { ways } from './plan.ts';

const way = v.picklist(ways);

/** The next task of both processes, from the director. */
export const task = v.variant('kind', [
  v.strictObject({ kind: v.literal('trips'), way, bytes: v.number(), blocks: v.number(), sampleMs: v.number() }),
  /** Both increment the same number: `shared` times each in shared memory, and `messages` times by messages. */
  v.strictObject({ kind: v.literal('count'), shared: v.number(), messages: v.number() }),
  /** The sender changes `times` blocks after it has handed them over. */
  v.strictObject({ kind: v.literal('change'), times: v.number() }),
  /** The receiver waits `ms` for a block. */
  v.strictObject({ kind: v.literal('wait'), way, ms: v.number() }),
  v.strictObject({ kind: v.literal('end') }),
]);
export type Task = v.InferOutput<typeof task>;
export type TaskOf<Kind extends Task['kind']> = Extract<Task, { kind: Kind }>;

export const rounds = 5;
