import * as v from 'valibot';
import { confinement, refusedCallCounts } from './confinement.ts';
import { bounded, count, pid } from './primitives.ts';
import { processEnd } from './tab-state.ts';

/** What the shell knows of one plugin process. */
export const pluginState = v.strictObject({
  name: bounded(64),
  pid: v.nullable(pid),
  /** `stopped`: its crash budget is spent, and a person has to start it again. */
  status: v.picklist(['starting', 'running', 'restarting', 'stopped']),
  responsive: v.boolean(),
  /** What its process has said of its lock-down; null until then: nothing of the plugin has run. */
  confinement: v.nullable(confinement),
  /** What the plugin was refused; null where it is not counted. */
  refusedCalls: v.nullable(refusedCallCounts),
  restarts: count,
  /** How its last process ended; null when none has. */
  lastEnd: v.nullable(processEnd),
});
export type PluginState = v.InferOutput<typeof pluginState>;
