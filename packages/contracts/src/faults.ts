import * as v from 'valibot';
import { pid } from './primitives.ts';
import type { ProcessEnd } from './tab-state.ts';

export const victimKind = v.picklist(['tab', 'plugin', 'gpu', 'network', 'zygote', 'shell', 'browser']);
export type VictimKind = v.InferOutput<typeof victimKind>;

/** Expected effect of a fault on its victim. */
export type Expectation =
  /** Its process ends in one of these ways. */
  | { by: 'end'; as: readonly ProcessEnd['kind'][] }
  /** It stops answering. The user ends it, or continues it if it is only stopped. */
  | { by: 'hang' }
  /** It asks the user, and stops answering after the answer. */
  | { by: 'dialog' }
  /** One of its subframes loses its process. */
  | { by: 'frame' }
  /** It loses its port and gets another one. */
  | { by: 'port' }
  /** The plugin's process tries, and the kernel refuses. */
  | { by: 'refusal' }
  /** Its process ends, and Chromium starts another. */
  | { by: 'service' }
  /** Bulkhead ends with this signal or exit code. The next start restores every tab. */
  | { by: 'program'; ends: 'SIGKILL' | number }
  /** It continues as before. */
  | { by: 'nothing' };

interface FaultRow {
  victim: VictimKind;
  /** Group in the menu, by the effect on the tab. Only tab faults have one. */
  group?: 'end' | 'hang' | 'memory' | 'messages' | 'parts';
  /** A second name, for `bulkhead://NAME`. Uses Chromium's name if Chromium has one. */
  alias?: string;
  /** Feature that the system must have. */
  needs?: 'signals' | 'shared-memory';
  expects: Expectation;
  /**
   * How often a random run causes it, relative to the others. Faults that take seconds are rare, so that a run causes
   * many faults. Without a weight a random run never causes it, because Bulkhead itself would end.
   */
  weight?: number;
}

const ends = (...as: ProcessEnd['kind'][]): Expectation => ({ by: 'end', as });

/**
 * Every fault, in display order. To add a fault, add a row here, its words in `packages/ui/src/faults`, and its code in
 * `apps/browser/src/faults`.
 */
export const faultTable = {
  'tab-kill': { victim: 'tab', group: 'end', alias: 'kill', expects: ends('killed'), weight: 12 },
  'tab-terminate': { victim: 'tab', group: 'end', alias: 'terminate', expects: ends('killed'), weight: 8 },
  'tab-stop': { victim: 'tab', group: 'hang', alias: 'stop', needs: 'signals', expects: { by: 'hang' }, weight: 2 },
  'tab-segmentation-fault': { victim: 'tab', group: 'end', alias: 'crash', expects: ends('crashed'), weight: 8 },
  'tab-abort': {
    victim: 'tab',
    group: 'end',
    alias: 'abort',
    needs: 'signals',
    expects: ends('killed', 'crashed'),
    weight: 8,
  },
  'tab-endless-loop': { victim: 'tab', group: 'hang', alias: 'hang', expects: { by: 'hang' }, weight: 1 },
  'tab-endless-loop-in-worker': { victim: 'tab', group: 'hang', expects: { by: 'nothing' }, weight: 2 },
  'tab-endless-loop-after-dialog': { victim: 'tab', group: 'hang', expects: { by: 'dialog' }, weight: 1 },
  'tab-endless-alert': { victim: 'tab', group: 'hang', alias: 'alert', expects: { by: 'dialog' }, weight: 1 },
  // JavaScript checks its own stack: the page gets an exception, and nothing else happens.
  'tab-stack-overflow': { victim: 'tab', group: 'memory', expects: { by: 'nothing' }, weight: 4 },
  'tab-exhaust-heap': {
    victim: 'tab',
    group: 'memory',
    alias: 'memory-exhaust',
    expects: ends('out-of-memory'),
    weight: 1,
  },
  'tab-exhaust-array-buffers': { victim: 'tab', group: 'memory', expects: ends('out-of-memory'), weight: 1 },
  'tab-exhaust-elements': { victim: 'tab', group: 'memory', expects: ends('out-of-memory'), weight: 1 },
  'tab-leak': { victim: 'tab', group: 'memory', alias: 'leak', expects: ends('out-of-memory'), weight: 1 },
  'tab-swarm-of-workers': { victim: 'tab', group: 'memory', expects: ends('out-of-memory'), weight: 1 },
  'tab-message-flood': { victim: 'tab', group: 'messages', expects: ends('bad-message'), weight: 6 },
  'tab-malformed-message': { victim: 'tab', group: 'messages', expects: ends('bad-message'), weight: 8 },
  'tab-closed-port': { victim: 'tab', group: 'messages', expects: { by: 'port' }, weight: 6 },
  'tab-dead-frame': { victim: 'tab', group: 'parts', expects: { by: 'frame' }, weight: 4 },
  'tab-reload-loop': { victim: 'tab', group: 'parts', alias: 'reload', expects: ends('reload-loop'), weight: 1 },
  'plugin-kill': { victim: 'plugin', alias: 'pluginkill', expects: ends('killed'), weight: 6 },
  'plugin-terminate': { victim: 'plugin', expects: ends('killed', 'exited'), weight: 3 },
  'plugin-stop': { victim: 'plugin', needs: 'signals', expects: ends('unresponsive'), weight: 1 },
  'plugin-segmentation-fault': { victim: 'plugin', alias: 'plugincrash', expects: ends('crashed'), weight: 3 },
  'plugin-abort': { victim: 'plugin', needs: 'signals', expects: ends('crashed', 'killed'), weight: 3 },
  'plugin-endless-loop': { victim: 'plugin', alias: 'pluginhang', expects: ends('unresponsive'), weight: 1 },
  'plugin-endless-loop-in-worker': { victim: 'plugin', expects: { by: 'nothing' }, weight: 1 },
  'plugin-stack-overflow': { victim: 'plugin', expects: ends('exited', 'crashed'), weight: 2 },
  'plugin-exhaust-heap': { victim: 'plugin', expects: ends('out-of-memory'), weight: 1 },
  'plugin-exhaust-array-buffers': { victim: 'plugin', expects: ends('out-of-memory'), weight: 1 },
  'plugin-leak': { victim: 'plugin', expects: ends('out-of-memory'), weight: 1 },
  'plugin-swarm-of-workers': { victim: 'plugin', expects: ends('out-of-memory'), weight: 1 },
  'plugin-message-flood': { victim: 'plugin', expects: ends('bad-message'), weight: 2 },
  'plugin-malformed-message': { victim: 'plugin', expects: ends('bad-message'), weight: 3 },
  'plugin-closed-port': { victim: 'plugin', expects: ends('unresponsive'), weight: 2 },
  'plugin-exit': { victim: 'plugin', expects: ends('exited'), weight: 3 },
  'plugin-exception-at-start': { victim: 'plugin', expects: ends('launch-failed'), weight: 1 },
  'plugin-never-starts': { victim: 'plugin', expects: ends('launch-failed'), weight: 1 },
  // Either the browser sees the forbidden value first and ends the plugin, or the plugin does and rejects the memory.
  'plugin-corrupt-memory': {
    victim: 'plugin',
    needs: 'shared-memory',
    expects: ends('bad-message', 'exited', 'crashed'),
    weight: 3,
  },
  'plugin-truncate-segment': { victim: 'plugin', needs: 'shared-memory', expects: { by: 'refusal' }, weight: 2 },
  'gpu-crash': { victim: 'gpu', alias: 'gpucrash', expects: { by: 'service' }, weight: 2 },
  'gpu-kill': { victim: 'gpu', alias: 'gpukill', expects: { by: 'service' }, weight: 3 },
  'gpu-hang': { victim: 'gpu', alias: 'gpuhang', needs: 'signals', expects: { by: 'service' }, weight: 1 },
  'network-kill': { victim: 'network', alias: 'networkkill', expects: { by: 'service' }, weight: 3 },
  // Every renderer ends with the zygote: Bulkhead ends and restarts by itself.
  'zygote-kill': { victim: 'zygote', alias: 'zygotekill', expects: { by: 'program', ends: 0 } },
  'shell-crash': { victim: 'shell', alias: 'shellcrash', expects: ends('crashed'), weight: 3 },
  'shell-hang': { victim: 'shell', alias: 'shellhang', expects: ends('unresponsive'), weight: 1 },
  'browser-kill': { victim: 'browser', alias: 'browserkill', expects: { by: 'program', ends: 'SIGKILL' } },
  'browser-terminate': { victim: 'browser', alias: 'browserterminate', expects: { by: 'program', ends: 0 } },
  'browser-exception': { victim: 'browser', alias: 'browserexception', expects: { by: 'program', ends: 70 } },
} as const satisfies Record<string, FaultRow>;

export type Fault = keyof typeof faultTable;
/** Faults of one kind of victim. */
type FaultOf<Victim extends VictimKind> = {
  [Name in Fault]: (typeof faultTable)[Name] extends { victim: Victim } ? Name : never;
}[Fault];
export type TabFault = FaultOf<'tab'>;
export type PluginFault = FaultOf<'plugin'>;

/** Returns the row of a fault. */
export const rowOf = (fault: Fault): FaultRow => faultTable[fault];

/** Every fault, in display order. */
export const faults = Object.keys(faultTable) as [Fault, ...Fault[]];

/** Returns the faults of one kind of victim, in display order. */
export const faultsOf = <Victim extends VictimKind>(victim: Victim): FaultOf<Victim>[] =>
  faults.filter((each): each is FaultOf<Victim> => rowOf(each).victim === victim);

/** Returns whether a fault is one of a kind of victim. */
export const isFaultOf = <Victim extends VictimKind>(fault: Fault, victim: Victim): fault is FaultOf<Victim> =>
  rowOf(fault).victim === victim;

export const fault = v.picklist(faults);
export const tabFault = v.picklist(faultsOf('tab'));

/**
 * Why a fault cannot be caused here. `no-such-process`: Electron runs no such process here (a zygote outside Linux).
 * `no-signals`: the system has no such signal. `no-shared-memory`: plugins share no memory here. `ends-the-program`: it
 * can be caused, but Bulkhead cannot check on this system what an ended app leaves behind.
 */
export const unavailableReason = v.picklist(['no-such-process', 'no-signals', 'no-shared-memory', 'ends-the-program']);
export type UnavailableReason = v.InferOutput<typeof unavailableReason>;

/** One fault of the catalogue. */
export const faultOffer = v.strictObject({
  fault,
  victim: victimKind,
  /** Null if the fault can be caused and measured here and now. */
  unavailable: v.nullable(unavailableReason),
});
export type FaultOffer = v.InferOutput<typeof faultOffer>;

export const breakResult = v.variant('ok', [
  /** The fault has been caused; `pid` is that of its victim. */
  v.strictObject({ ok: v.literal(true), pid }),
  v.strictObject({
    ok: v.literal(false),
    /** `no-victim`: there is no such tab or process now. `refused`: the page's own policy prevents it. */
    reason: v.picklist(['no-victim', 'unavailable', 'refused']),
  }),
]);
export type BreakResult = v.InferOutput<typeof breakResult>;
