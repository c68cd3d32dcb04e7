import * as v from 'valibot';
import { bounded, count, pid } from './primitives.ts';
import { tabId } from './tab-state.ts';

/** One process of this program, as the system reports it. What the system does not tell is null. */
export const processEntry = v.strictObject({
  pid,
  parentPid: v.nullable(pid),
  type: v.picklist(['browser', 'shell', 'tab', 'plugin', 'gpu', 'network', 'zygote', 'utility', 'other']),
  /** Title of the tab, name of the plugin, name of the service. */
  title: bounded(1024),
  /** The tabs whose main frame it runs. */
  tabs: v.array(tabId),
  /** Proportional set size, KiB. */
  pssKiB: v.nullable(count),
  /** Percent of one core since the sample before; null in the first. */
  cpuPercent: v.nullable(v.pipe(v.number(), v.finite(), v.minValue(0))),
  /** `Seccomp:` of /proc/PID/status: 0 none, 1 strict, 2 filter. */
  seccomp: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2))),
  /** Number of PID namespaces it lives in (`NSpid:`): more than one is a namespace of its own. */
  pidNamespaces: v.nullable(count),
  noNewPrivileges: v.nullable(v.boolean()),
});
export type ProcessEntry = v.InferOutput<typeof processEntry>;
export const processList = v.strictObject({ processes: v.array(processEntry) });
export type ProcessList = v.InferOutput<typeof processList>;

export const endSignal = v.picklist(['SIGTERM', 'SIGKILL']);
export const endProcessResult = v.variant('ok', [
  v.strictObject({ ok: v.literal(true) }),
  v.strictObject({ ok: v.literal(false), reason: v.picklist(['not-ours', 'gone', 'refused']) }),
]);
