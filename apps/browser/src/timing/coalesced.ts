/** One frame of a display, ms: nothing that a user reads needs to change more often. */
export const frameMs = 16;

/**
 * Runs a task at most once in a period, however often it is asked for: at once when the last time is long ago, else
 * when the period is over. It always runs after the last request. What is not asked for costs nothing.
 */
export class Coalesced {
  readonly #task: () => void;
  readonly #periodMs: number;
  #ranAt = Number.NEGATIVE_INFINITY;
  #pending = false;

  constructor(task: () => void, periodMs = frameMs) {
    this.#task = task;
    this.#periodMs = periodMs;
  }

  /** Asks for the task. */
  request(): void {
    if (this.#pending) return;
    const waitMs = this.#ranAt + this.#periodMs - performance.now();
    this.#pending = waitMs > 0;
    if (waitMs > 0) setTimeout(this.#run, waitMs);
    else this.#run();
  }

  readonly #run = (): void => {
    this.#pending = false;
    this.#ranAt = performance.now();
    this.#task();
  };
}
