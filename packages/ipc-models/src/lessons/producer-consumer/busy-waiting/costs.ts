import { threadCounts } from '@bulkhead/shared-memory/observing';
import * as v from 'valibot';

/** What a stretch of time has cost this process. */
export const costs = v.strictObject({
  wallMs: v.number(),
  /** Of all its threads on a processor. */
  cpuMs: v.number(),
  /** Its main thread wanted a processor: it had one, or others had it. */
  wantedMs: v.number(),
  /** It went to sleep. */
  sleeps: v.number(),
});

export class Costs {
  readonly #start = performance.now();
  readonly #cpu = process.cpuUsage();
  readonly #thread = threadCounts();

  soFar(): v.InferOutput<typeof costs> {
    const { user, system } = process.cpuUsage(this.#cpu);
    const { runningNs, readyNs, voluntarySwitches } = threadCounts();
    const wantedNs = runningNs + readyNs - this.#thread.runningNs - this.#thread.readyNs;
    return {
      wallMs: performance.now() - this.#start,
      cpuMs: (user + system) / 1000,
      wantedMs: wantedNs / 1e6,
      sleeps: voluntarySwitches - this.#thread.voluntarySwitches,
    };
  }
}
