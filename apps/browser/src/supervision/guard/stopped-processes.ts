import type { ProcessReading } from '../../processes/proc.ts';
import type { Guarded } from './process-guard-cells.ts';

/** A process that is stopped again within this time after it was continued, ms, is ended. */
const againMs = 5000;

export interface StoppedLook extends Pick<ProcessReading, 'state'> {
  pid: number;
  victim: Guarded | 'renderer';
}

export type Remedy = { do: 'continue'; stoppedMs: number } | { do: 'end' };

/**
 * Decides what becomes of processes that somebody has stopped (SIGSTOP), by looking at them again and again. One that is
 * stopped at two looks in a row goes on. One that is stopped again is ended: it comes back. The zygote does not, and
 * every renderer would go with it: it goes on each time. So does a renderer, which may be a page's.
 */
export class StoppedProcesses {
  readonly #since = new Map<number, number>();
  readonly #continuedAt = new Map<number, number>();

  /** `at`: ms. What is to be done with this process now, if anything. */
  look({ pid, victim, state }: StoppedLook, at: number): Remedy | undefined {
    // A debugger's stop ('t') is none of ours.
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

  /** One was stopped at the last look, and goes on if it is at the next one. */
  get any(): boolean {
    return this.#since.size > 0;
  }

  /** Keeps nothing of processes that are not among these. */
  keepOnly(pids: ReadonlySet<number>): void {
    for (const map of [this.#since, this.#continuedAt]) {
      for (const pid of map.keys()) if (!pids.has(pid)) map.delete(pid);
    }
  }
}
