import type { ProcessReading } from '../processes/proc.ts';
import type { Guarded } from './process-guard-cells.ts';

/** A process that is stopped again within this time after it was continued, ms, is ended. */
const againMs = 5000;

export interface StoppedLook extends Pick<ProcessReading, 'state'> {
  pid: number;
  victim: Guarded | 'renderer';
}

export type Remedy = { do: 'continue'; stoppedMs: number } | { do: 'end' };

/**
 * Decides what to do with stopped processes (SIGSTOP), by repeated samples. A process that is stopped at two samples in
 * a row is continued. A process that is stopped again is ended, because it is restarted. A zygote is not restarted, and
 * every renderer would end with it, so it is continued each time. So is a renderer, which may belong to a page.
 */
export class StoppedProcesses {
  readonly #since = new Map<number, number>();
  readonly #continuedAt = new Map<number, number>();

  /** Returns the remedy for this process, if any. `at`: ms. */
  look({ pid, victim, state }: StoppedLook, at: number): Remedy | undefined {
    // A debugger's stop ('t') is intended.
    if (state !== 'T') {
      this.#since.delete(pid);
      return undefined;
    }
    const since = this.#since.get(pid);
    const isAgain = at - (this.#continuedAt.get(pid) ?? Number.NEGATIVE_INFINITY) < againMs;
    if (since === undefined && !isAgain) {
      this.#since.set(pid, at);
      return undefined;
    }
    this.#since.delete(pid);
    if (isAgain && victim !== 'zygote' && victim !== 'renderer') return { do: 'end' };
    this.#continuedAt.set(pid, at);
    return { do: 'continue', stoppedMs: at - (since ?? at) };
  }

  /** True when a process was stopped at the last sample and will be continued if it still is at the next one. */
  get any(): boolean {
    return this.#since.size > 0;
  }

  /** Forgets all processes but these. */
  keepOnly(pids: ReadonlySet<number>): void {
    for (const map of [this.#since, this.#continuedAt]) {
      for (const pid of map.keys()) if (!pids.has(pid)) map.delete(pid);
    }
  }
}
