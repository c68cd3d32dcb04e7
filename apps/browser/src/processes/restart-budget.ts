import { Recent } from '../timing/recent.ts';

export interface RestartBudgetOptions {
  /** Number of restarts within `withinMs`. */
  restarts: number;
  withinMs: number;
  /** Delay of the first restart, ms. It doubles with each further one. */
  firstDelayMs: number;
}

/** Decides how often, and how soon, a process that keeps ending is restarted automatically. */
export class RestartBudget {
  readonly #options: RestartBudgetOptions;
  readonly #now: () => number;
  readonly #taken: Recent;

  constructor(options: RestartBudgetOptions, now: () => number = () => performance.now()) {
    this.#options = options;
    this.#taken = new Recent(options.withinMs);
    this.#now = now;
  }

  /** Takes one restart. Returns the delay before it, ms, or undefined when the budget is spent. */
  take(): number | undefined {
    const now = this.#now();
    const { restarts, firstDelayMs } = this.#options;
    if (this.#taken.count(now) >= restarts) return undefined;
    return firstDelayMs * 2 ** (this.#taken.add(now) - 1);
  }

  /** Resets the budget: the user asked for a restart. */
  reset(): void {
    this.#taken.clear();
  }
}
