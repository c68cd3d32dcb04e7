import * as v from 'valibot';
import { confinement, refusedCallCounts } from './confinement.ts';
import { bounded, count, pid } from './primitives.ts';
import { processEnd } from './tab-state.ts';

/** State of one plugin process, as the shell sees it. */
export const pluginState = v.strictObject({
  name: bounded(64),
  pid: v.nullable(pid),
  /** `stopped`: its restart budget is spent, and the user has to start it again. */
  status: v.picklist(['starting', 'running', 'restarting', 'stopped']),
  responsive: v.boolean(),
  /** The process's report on its lock-down; null until then. No code of the plugin runs before it. */
  confinement: v.nullable(confinement),
  /** System calls that the plugin was refused; null if they are not counted. */
  refusedCalls: v.nullable(refusedCallCounts),
  restarts: count,
  /** How its last process ended; null if none has ended. */
  lastEnd: v.nullable(processEnd),
});
export type PluginState = v.InferOutput<typeof pluginState>;
