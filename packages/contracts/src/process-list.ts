import * as v from 'valibot';
import { confinement, refusedCallCounts } from './confinement.ts';
import { pageLimits } from './page-limits.ts';
import { bounded, count, pid } from './primitives.ts';
import { tabId } from './tab-health.ts';

/** One process of the app, as the system reports it. Values that the system does not report are null. */
export const processEntry = v.strictObject({
  pid,
  parentPid: v.nullable(pid),
  type: v.picklist(['browser', 'shell', 'tab', 'plugin', 'lesson', 'gpu', 'network', 'zygote', 'utility', 'other']),
  /** Title of its first tab, or name of the plugin or service. */
  title: bounded(pageLimits.titleLength),
  /** The tabs whose main frame it runs. */
  tabs: v.array(v.strictObject({ id: tabId, title: bounded(pageLimits.titleLength) })),
  /** Proportional set size, KiB. */
  pssKiB: v.nullable(count),
  /** Percent of one core since the previous sample; null in the first sample. */
  cpuPercent: v.nullable(v.pipe(v.number(), v.finite(), v.minValue(0))),
  /** `Seccomp:` of /proc/PID/status: 0 none, 1 strict, 2 filter. */
  seccomp: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2))),
  /** Number of PID namespaces that it is in (`NSpid:`): more than one means a namespace of its own. */
  pidNamespaces: v.nullable(count),
  noNewPrivileges: v.nullable(v.boolean()),
  /** Effective capabilities, a hexadecimal bit mask as in /proc: all zeroes means none. */
  capabilities: v.nullable(bounded(32)),
  /** Report of a process that locks itself down; null until it has. Left out for other processes. */
  confinement: v.optional(v.nullable(confinement)),
  /**
   * System calls that it was refused after its lock-down; null if they are not counted. Left out for other processes.
   */
  refusedCalls: v.optional(v.nullable(refusedCallCounts)),
  /** Site of the page, such as `https://example.org`; null if the process has no page. */
  site: v.nullable(bounded(pageLimits.originLength)),
  /** Letter of /proc/PID/stat: R running, S sleeping, D waiting for a device, T stopped, Z ended. */
  state: v.nullable(bounded(1)),
  /** Memory of this process alone, and mapped shared memory (resident), KiB. */
  privateKiB: v.nullable(count),
  sharedMemoryKiB: v.nullable(count),
  descriptors: v.nullable(count),
  threads: v.nullable(count),
  /** Priority: -20 (first) to 19 (last). */
  nice: v.nullable(v.pipe(v.number(), v.integer())),
  /** JavaScript heap in use, bytes, as the process itself reports. */
  heapBytes: v.nullable(count),
  /** Frames painted in the last second; null if the browser sees no frames of the process. */
  framesPerSecond: v.nullable(count),
  /** Traffic on its ports to the browser since the previous sample, in both directions. */
  messagesPerSecond: v.nullable(v.pipe(v.number(), v.finite(), v.minValue(0))),
  bytesPerSecond: v.nullable(v.pipe(v.number(), v.finite(), v.minValue(0))),
  /** Bytes that its pages have fetched since they were opened; null if the process fetches nothing. */
  networkBytes: v.nullable(count),
});
export type ProcessEntry = v.InferOutput<typeof processEntry>;
/**
 * Which processes of the same user may open the memory of another process: any, its ancestors only, those with an
 * administrator's capability, or none (Yama, `kernel.yama.ptrace_scope`).
 */
export const memoryReaders = v.picklist(['user', 'parents', 'administrators', 'none']);
export type MemoryReaders = v.InferOutput<typeof memoryReaders>;
/** `memoryReaders` is null if the system does not report it. */
export const processList = v.strictObject({
  processes: v.array(processEntry),
  memoryReaders: v.nullable(memoryReaders),
});
export type ProcessList = v.InferOutput<typeof processList>;

/** Signals that the user may send. SIGSTOP stops a process, SIGCONT continues it. */
export const endSignal = v.picklist(['SIGTERM', 'SIGKILL', 'SIGSTOP', 'SIGCONT']);
export type EndSignal = v.InferOutput<typeof endSignal>;
export const endProcessResult = v.variant('ok', [
  v.strictObject({ ok: v.literal(true) }),
  v.strictObject({ ok: v.literal(false), reason: v.picklist(['not-ours', 'gone', 'refused']) }),
]);
