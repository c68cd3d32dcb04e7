export interface RestartBudgetOptions {
  /** How many restarts within `withinMs`. */
  restarts: number;
  withinMs: number;
  /** Delay of the first restart; each further one within the time waits twice as long. */
  firstDelayMs: number;
}

/** How often, and how soon, a process that keeps ending is started again by itself. */
export class RestartBudget {
  readonly #options: RestartBudgetOptions;
  readonly #now: () => number;
  #taken: number[] = [];

  constructor(options: RestartBudgetOptions, now: () => number = () => performance.now()) {
    this.#options = options;
    this.#now = now;
  }

  /** Takes one restart: how long to wait before it, ms; undefined when the budget is spent. */
  take(): number | undefined {
    const now = this.#now();
    const { restarts, withinMs, firstDelayMs } = this.#options;
    this.#taken = this.#taken.filter((at) => now - at < withinMs);
    if (this.#taken.length >= restarts) return undefined;
    this.#taken.push(now);
    return firstDelayMs * 2 ** (this.#taken.length - 1);
  }

  /** A person asked for it: the past is forgotten. */
  reset(): void {
    this.#taken = [];
  }
}
