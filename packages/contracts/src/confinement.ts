import * as v from 'valibot';
import { bounded, count } from './primitives.ts';

/** One forbidden action that a confined process tried, to prove that it fails. */
const trial = v.strictObject({
  tried: v.picklist(['open-file', 'make-socket', 'signal-parent']),
  thread: v.picklist(['main', 'pool']),
  /** Name of the error; null if the action succeeded. */
  error: v.nullable(bounded(64)),
});

/** Something besides its memory and channels that a confined process may still use. */
export const confinementNeed = v.picklist(['network', 'system-calls', 'peers', 'watching']);
export type ConfinementNeed = v.InferOutput<typeof confinementNeed>;

/** Report of a process on its own lock-down. */
export const confinement = v.strictObject({
  /** A list of allowed system calls is in force on every thread. */
  seccomp: v.boolean(),
  /** Number of allowed system calls; 0 if the list is one of denied calls. */
  allowedCalls: count,
  /** Number of denied system calls; 0 if there is no such list. */
  deniedCalls: count,
  /** Version of Landlock in force; 0 for none. */
  landlock: count,
  landlockThreads: v.picklist(['all', 'this and later ones']),
  threads: count,
  /** Number of descriptors that were closed in it. */
  dropped: count,
  trials: v.pipe(v.array(trial), v.maxLength(16)),
  /** Missing parts of the lock-down, as a text for the user; empty if none. */
  missing: bounded(1024),
});
export type Confinement = v.InferOutput<typeof confinement>;

/** Forbidden system calls that a process made, as the browser counts them. */
export const refusedCallCounts = v.strictObject({
  total: count,
  /** The calls that were refused most often. */
  calls: v.pipe(v.array(v.strictObject({ name: bounded(64), count })), v.maxLength(8)),
});
export type RefusedCallCounts = v.InferOutput<typeof refusedCallCounts>;
