import { type ProcessReading, ticksPerSecond } from '../processes/proc.ts';

/** Longest time for a GPU process to be stopped, or busy without an answer, ms. */
const silenceMs = 3000;
/** Share of one core above which the process must answer. */
const busyShare = 0.9;

export type Look = Pick<ProcessReading, 'state' | 'startTicks' | 'cpuTicks'>;

/** Tells a GPU process that hangs from one that rests or works, by repeated samples. */
export class GpuHang {
  #last: (Look & { at: number; answers: number }) | undefined;
  #suspectSince: number | undefined;
  #busy = false;

  /** True when the process was busy between the last two samples. */
  get busy(): boolean {
    return this.#busy;
  }

  /**
   * Returns true when the process has hung for too long. `at`: ms. `answers`: number of answers so far, of any GPU
   * process.
   */
  look(look: Look, at: number, answers: number): boolean {
    const before = this.#last?.startTicks === look.startTicks ? this.#last : undefined;
    this.#last = { ...look, at, answers };
    const stopped = look.state === 'T' || look.state === 't';
    const elapsedTicks = before ? ((at - before.at) / 1000) * ticksPerSecond : 0;
    this.#busy = before !== undefined && look.cpuTicks - before.cpuTicks > busyShare * elapsedTicks;
    const silent = this.#busy && answers === before?.answers;
    if (!stopped && !silent) {
      this.#suspectSince = undefined;
      return false;
    }
    // Count from the previous, healthy sample.
    this.#suspectSince ??= before?.at ?? at;
    if (at - this.#suspectSince < silenceMs) return false;
    // Report it once: the process is about to be ended.
    this.#suspectSince = undefined;
    return true;
  }
}
