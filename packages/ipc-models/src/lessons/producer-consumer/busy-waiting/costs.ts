import { threadCounts } from '@bulkhead/shared-memory/observing';
import * as v from 'valibot';

/** Cost of waiting for this process. */
export const costs = v.strictObject({
  wallMs: v.number(),
  /** Processor time of all its threads. */
  cpuMs: v.number(),
  /** Time in which its main thread had a processor or was ready for one. */
  wantedMs: v.number(),
  /** Number of times it slept. */
  sleeps: v.number(),
});

/** Sums the costs of waits, without the work between them. */
export class Costs {
  readonly sum: v.InferOutput<typeof costs> = { wallMs: 0, cpuMs: 0, wantedMs: 0, sleeps: 0 };

  async of(wait: () => Promise<unknown>): Promise<void> {
    const thread = threadCounts();
    const cpu = process.cpuUsage();
    const start = performance.now();
    await wait();
    this.sum.wallMs += performance.now() - start;
    const { user, system } = process.cpuUsage(cpu);
    const { runningNs, readyNs, voluntarySwitches } = threadCounts();
    this.sum.cpuMs += (user + system) / 1000;
    this.sum.wantedMs += (runningNs + readyNs - thread.runningNs - thread.readyNs) / 1e6;
    this.sum.sleeps += voluntarySwitches - thread.voluntarySwitches;
  }
}
