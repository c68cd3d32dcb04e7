import { type ProcessReading, ticksPerSecond } from '../../processes/proc.ts';

/** How long a GPU process may be stopped, or busy without an answer, ms. */
const silenceMs = 3000;
/** Share of one core from which on it has to answer. */
const busyShare = 0.9;

export type Look = Pick<ProcessReading, 'state' | 'startTicks' | 'cpuTicks'>;

/** Tells a GPU process that hangs from one that rests or works, by looking at it again and again. */
export class GpuHang {
  #last: (Look & { at: number; answers: number }) | undefined;
  #suspectSince: number | undefined;
  #busy = false;

  /** Whether it was busy between the last two looks. */
  get busy(): boolean {
    return this.#busy;
  }

  /** `at`: ms; `answers`: how many there were until now, of any process. True when it has hung for too long. */
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
    // It was last known to be well at the look before.
    this.#suspectSince ??= before?.at ?? at;
    if (at - this.#suspectSince < silenceMs) return false;
    // Said once: it is about to be ended.
    this.#suspectSince = undefined;
    return true;
  }
}
