import type { LessonUpdate } from '@bulkhead/contracts';
import type { LessonLimits } from '@bulkhead/ipc-models/lab';
import { anonymousKiB, statOf, ticksPerSecond } from '../processes/proc.ts';

export type Exceeded = Extract<LessonUpdate['ending'], `out-of-${string}`>;

/** Time between looks at the processes, ms. */
const periodMs = 250;

/**
 * Enforces the limits of a run: its time by a clock, the processor time of all its processes together and the memory of
 * each by reading /proc. Without /proc, only the time is enforced.
 */
export class LessonBounds {
  readonly #pids: () => readonly number[];
  readonly #onExceeded: (what: Exceeded) => void;
  readonly #period: NodeJS.Timeout;
  /** Clock ticks of each of its processes, including ended ones. */
  readonly #ticks = new Map<number, number>();
  /** Clock ticks of all processes when counting started. */
  #ticksBefore = 0;
  #limits: LessonLimits;
  #deadline: NodeJS.Timeout | undefined;

  /** @param pids returns the processes that are alive */
  constructor(limits: LessonLimits, pids: () => readonly number[], onExceeded: (what: Exceeded) => void) {
    this.#limits = limits;
    this.#pids = pids;
    this.#onExceeded = onExceeded;
    this.#period = setInterval(() => this.#look(), periodMs);
    this.restart(limits);
  }

  /** Starts counting from zero, against these limits. */
  restart(limits: LessonLimits): void {
    this.#limits = limits;
    this.#ticksBefore = this.#allTicks();
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => this.#onExceeded('out-of-time'), limits.seconds * 1000);
  }

  close(): void {
    clearInterval(this.#period);
    clearTimeout(this.#deadline);
  }

  #look(): void {
    for (const pid of this.#pids()) {
      const stat = statOf(pid);
      if (stat) this.#ticks.set(pid, stat.cpuTicks);
      if ((anonymousKiB(pid) ?? 0) > this.#limits.memoryMiB * 1024) this.#onExceeded('out-of-memory');
    }
    const ticks = this.#allTicks() - this.#ticksBefore;
    if (ticks > this.#limits.cpuSeconds * ticksPerSecond) this.#onExceeded('out-of-cpu');
  }

  #allTicks(): number {
    let ticks = 0;
    for (const each of this.#ticks.values()) ticks += each;
    return ticks;
  }
}
