import { threadCounts } from '@bulkhead/shared-memory/observing';
import * as v from 'valibot';

/** What waiting has cost this process. */
export const costs = v.strictObject({
  wallMs: v.number(),
  /** Of all its threads on a processor. */
  cpuMs: v.number(),
  /** Its main thread wanted a processor: it had one, or others had it. */
  wantedMs: v.number(),
  /** It went to sleep. */
  sleeps: v.number(),
});

/** Adds up what each wait costs, and nothing of what is done between them. */
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
