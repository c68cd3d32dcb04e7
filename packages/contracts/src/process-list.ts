import * as v from 'valibot';
import { confinement, refusedCallCounts } from './confinement.ts';
import { pageLimits } from './page-limits.ts';
import { bounded, count, pid } from './primitives.ts';
import { tabId } from './tab-health.ts';

/** One process of this program, as the system reports it. What the system does not tell is null. */
export const processEntry = v.strictObject({
  pid,
  parentPid: v.nullable(pid),
  type: v.picklist(['browser', 'shell', 'tab', 'plugin', 'lesson', 'gpu', 'network', 'zygote', 'utility', 'other']),
  /** Title of its first tab, name of the plugin, name of the service. */
  title: bounded(pageLimits.titleLength),
  /** The tabs whose main frame it runs. */
  tabs: v.array(v.strictObject({ id: tabId, title: bounded(pageLimits.titleLength) })),
  /** Proportional set size, KiB. */
  pssKiB: v.nullable(count),
  /** Percent of one core since the sample before; null in the first. */
  cpuPercent: v.nullable(v.pipe(v.number(), v.finite(), v.minValue(0))),
  /** `Seccomp:` of /proc/PID/status: 0 none, 1 strict, 2 filter. */
  seccomp: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2))),
  /** Number of PID namespaces it lives in (`NSpid:`): more than one is a namespace of its own. */
  pidNamespaces: v.nullable(count),
  noNewPrivileges: v.nullable(v.boolean()),
  /** Effective capabilities, a bit mask in hexadecimal as /proc writes it: all zeroes is none. */
  capabilities: v.nullable(bounded(32)),
  /** What a process that locks itself down says of that; null: it has not yet. Left out: it does not do so itself. */
  confinement: v.optional(v.nullable(confinement)),
  /** System calls that it was refused after its lock-down; null if nobody counts them. Left out as above. */
  refusedCalls: v.optional(v.nullable(refusedCallCounts)),
  /** Site of the page, such as `https://example.org`; null for what is no page. */
  site: v.nullable(bounded(pageLimits.originLength)),
  /** Letter of /proc/PID/stat: R running, S sleeping, D waiting for a device, T stopped, Z ended. */
  state: v.nullable(bounded(1)),
  /** Memory that is nobody else's, and mapped shared memory (resident), KiB. */
  privateKiB: v.nullable(count),
  sharedMemoryKiB: v.nullable(count),
  descriptors: v.nullable(count),
  threads: v.nullable(count),
  /** Priority: -20 (first) to 19 (last). */
  nice: v.nullable(v.pipe(v.number(), v.integer())),
  /** JavaScript heap in use, bytes, as the process itself says. */
  heapBytes: v.nullable(count),
  /** Frames painted in the last second; null for what paints none that the browser sees. */
  framesPerSecond: v.nullable(count),
  /** Over its ports to the browser since the sample before, both directions. */
  messagesPerSecond: v.nullable(v.pipe(v.number(), v.finite(), v.minValue(0))),
  bytesPerSecond: v.nullable(v.pipe(v.number(), v.finite(), v.minValue(0))),
  /** Bytes that its pages fetched since they were opened; null for what fetches none. */
  networkBytes: v.nullable(count),
});
export type ProcessEntry = v.InferOutput<typeof processEntry>;
/**
 * Which process of the same user may open the memory of another one: any, its parents alone, those with a capability of
 * an administrator, or none (Yama, `kernel.yama.ptrace_scope`).
 */
export const memoryReaders = v.picklist(['user', 'parents', 'administrators', 'nobody']);
export type MemoryReaders = v.InferOutput<typeof memoryReaders>;
/** `memoryReaders` is null where the system does not tell. */
export const processList = v.strictObject({
  processes: v.array(processEntry),
  memoryReaders: v.nullable(memoryReaders),
});
export type ProcessList = v.InferOutput<typeof processList>;

/** SIGSTOP and SIGCONT stop a process and let it go on. */
export const endSignal = v.picklist(['SIGTERM', 'SIGKILL', 'SIGSTOP', 'SIGCONT']);
export type EndSignal = v.InferOutput<typeof endSignal>;
export const endProcessResult = v.variant('ok', [
  v.strictObject({ ok: v.literal(true) }),
  v.strictObject({ ok: v.literal(false), reason: v.picklist(['not-ours', 'gone', 'refused']) }),
]);
