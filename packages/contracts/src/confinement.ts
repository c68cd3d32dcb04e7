import * as v from 'valibot';
import { bounded, count } from './primitives.ts';

/** One thing that a confined process tried although it must not be able to. */
const trial = v.strictObject({
  tried: v.picklist(['open-file', 'make-socket', 'signal-parent']),
  thread: v.picklist(['main', 'pool']),
  /** Name of the error; null: it succeeded. */
  error: v.nullable(bounded(64)),
});

/** Something beside memory and its channels that a process keeps. */
export const confinementNeed = v.picklist(['network', 'system-calls', 'peers', 'watching']);
export type ConfinementNeed = v.InferOutput<typeof confinementNeed>;

/** What a process that has locked itself down says of it. */
export const confinement = v.strictObject({
  /** A list of allowed system calls is in force on every thread. */
  seccomp: v.boolean(),
  /** How many system calls that list has; 0 where it is one of denied calls. */
  allowedCalls: count,
  /** How many that one has; 0 where there is none. */
  deniedCalls: count,
  /** Version of Landlock in force; 0 for none. */
  landlock: count,
  landlockThreads: v.picklist(['all', 'this and later ones']),
  threads: count,
  /** Descriptors that were taken from it. */
  dropped: count,
  trials: v.pipe(v.array(trial), v.maxLength(16)),
  /** What is missing, for people; empty when nothing is. */
  missing: bounded(1024),
});
export type Confinement = v.InferOutput<typeof confinement>;

/** System calls that a process made although they are not allowed, as the browser counts them. */
export const refusedCallCounts = v.strictObject({
  total: count,
  /** Those that were refused most often. */
  calls: v.pipe(v.array(v.strictObject({ name: bounded(64), count })), v.maxLength(8)),
});
export type RefusedCallCounts = v.InferOutput<typeof refusedCallCounts>;
