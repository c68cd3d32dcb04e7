import {
  browserFaults,
  chromiumFaults,
  type Fault,
  type FaultOffer,
  pluginFaults,
  shellFaults,
  tabFaults,
  type UnavailableReason,
  type VictimKind,
} from '@bulkhead/contracts';

const victims = ['tab', 'plugin', 'gpu', 'network', 'zygote', 'shell', 'browser'] as const satisfies VictimKind[];

const faults: readonly Fault[] = [...tabFaults, ...pluginFaults, ...chromiumFaults, ...shellFaults, ...browserFaults];

/** A fault is named for its victim. */
export const victimOf = (fault: Fault): VictimKind => victims.find((kind) => fault.startsWith(`${kind}-`)) ?? 'browser';

/** Every fault, in the order to show them. */
export const offers = (): FaultOffer[] =>
  faults.map((fault) => ({ fault, victim: victimOf(fault), unavailable: whyUnavailable(fault) }));

const needSignals: ReadonlySet<Fault> = new Set<Fault>([
  'tab-stop',
  'tab-abort',
  'plugin-stop',
  'plugin-abort',
  'gpu-hang',
]);
const needSharedMemory: ReadonlySet<Fault> = new Set<Fault>(['plugin-corrupt-memory', 'plugin-truncate-segment']);

/** Null when it can be caused and measured here. */
export function whyUnavailable(fault: Fault, platform: NodeJS.Platform = process.platform): UnavailableReason | null {
  if (fault === 'zygote-kill') return platform === 'linux' ? null : 'no-such-process';
  // Measured on another program: what is left of that one is read from the system's list of processes.
  if (victimOf(fault) === 'browser') return platform === 'linux' ? null : 'ends-the-program';
  if (needSignals.has(fault) && platform === 'win32') return 'no-signals';
  if (needSharedMemory.has(fault) && platform !== 'linux') return 'no-shared-memory';
  return null;
}
