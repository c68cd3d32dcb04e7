/** One frame of a display, ms. Nothing that a user reads needs to change more often. */
export const frameMs = 16;

/**
 * Runs a task at most once in a period, however often it is requested: at once when the last run is long ago, otherwise
 * at the end of the period. It always runs after the last request. It costs nothing while nothing is requested.
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

  /** Requests a run of the task. */
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
