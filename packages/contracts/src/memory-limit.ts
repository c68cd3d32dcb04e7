import * as v from 'valibot';
import { count } from './primitives.ts';

/** Memory that one tab's process may use before it is ended, KiB. */
export const memoryLimit = v.strictObject({
  /** In force now. */
  limitKiB: count,
  /** A quarter of the machine's memory. */
  defaultKiB: count,
  /** What a person chose, at least 64 MiB; null for the default. */
  chosenKiB: v.nullable(v.pipe(count, v.minValue(65_536))),
});
export type MemoryLimit = v.InferOutput<typeof memoryLimit>;
