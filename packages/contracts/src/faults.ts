import * as v from 'valibot';
import { pid } from './primitives.ts';

/** Faults of a tab's renderer: signals from outside, and what a page, or its process, can do to itself. */
export const tabFaults = [
  'tab-kill',
  'tab-terminate',
  'tab-stop',
  'tab-segmentation-fault',
  'tab-abort',
  'tab-endless-loop',
  'tab-endless-loop-in-worker',
  'tab-endless-loop-after-dialog',
  'tab-endless-alert',
  'tab-stack-overflow',
  'tab-exhaust-heap',
  'tab-exhaust-array-buffers',
  'tab-exhaust-elements',
  'tab-leak',
  'tab-swarm-of-workers',
  'tab-message-flood',
  'tab-malformed-message',
  'tab-closed-port',
  'tab-dead-frame',
  'tab-reload-loop',
] as const;

/** Faults of a plugin's process. */
export const pluginFaults = [
  'plugin-kill',
  'plugin-terminate',
  'plugin-stop',
  'plugin-segmentation-fault',
  'plugin-abort',
  'plugin-endless-loop',
  'plugin-endless-loop-in-worker',
  'plugin-stack-overflow',
  'plugin-exhaust-heap',
  'plugin-exhaust-array-buffers',
  'plugin-leak',
  'plugin-swarm-of-workers',
  'plugin-message-flood',
  'plugin-malformed-message',
  'plugin-closed-port',
  'plugin-exit',
  'plugin-exception-at-start',
  'plugin-never-starts',
  'plugin-corrupt-memory',
  'plugin-truncate-segment',
] as const;

/** Faults of the processes that Chromium runs beside them. */
export const chromiumFaults = ['gpu-crash', 'gpu-kill', 'gpu-hang', 'network-kill', 'zygote-kill'] as const;
export const shellFaults = ['shell-crash', 'shell-hang'] as const;
/** With these, and with the zygote's, the program itself ends: the matrix causes them in another one, started for it. */
export const browserFaults = ['browser-kill', 'browser-terminate', 'browser-exception'] as const;

export const tabFault = v.picklist(tabFaults);
export type TabFault = v.InferOutput<typeof tabFault>;
export const pluginFault = v.picklist(pluginFaults);
export type PluginFault = v.InferOutput<typeof pluginFault>;
export const fault = v.picklist([...tabFaults, ...pluginFaults, ...chromiumFaults, ...shellFaults, ...browserFaults]);
export type Fault = v.InferOutput<typeof fault>;

export const victimKind = v.picklist(['tab', 'plugin', 'gpu', 'network', 'zygote', 'shell', 'browser']);
export type VictimKind = v.InferOutput<typeof victimKind>;

/**
 * Why a fault cannot be caused here. `no-such-process`: this runtime runs none (a zygote outside Linux).
 * `no-signals`: the system has no such signal. `no-shared-memory`: none is shared with plugins here. `ends-the-program`:
 * it can be caused, but what is left of a program that ended cannot be seen on this system.
 */
export const unavailableReason = v.picklist(['no-such-process', 'no-signals', 'no-shared-memory', 'ends-the-program']);
export type UnavailableReason = v.InferOutput<typeof unavailableReason>;

/** One fault of the catalogue. */
export const faultOffer = v.strictObject({
  fault,
  victim: victimKind,
  /** Null when it can be caused, and measured, here and now. */
  unavailable: v.nullable(unavailableReason),
});
export type FaultOffer = v.InferOutput<typeof faultOffer>;

export const breakResult = v.variant('ok', [
  /** The fault has been caused; `pid` is its victim's. */
  v.strictObject({ ok: v.literal(true), pid }),
  v.strictObject({
    ok: v.literal(false),
    /** `no-victim`: there is no such tab or process now. `refused`: the page's own policy does not let it happen. */
    reason: v.picklist(['no-victim', 'unavailable', 'refused']),
  }),
]);
export type BreakResult = v.InferOutput<typeof breakResult>;
