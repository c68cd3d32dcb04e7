/** Counts events of the last `withinMs`. */
export class Recent {
  readonly #withinMs: number;
  #times: number[] = [];

  constructor(withinMs: number) {
    this.#withinMs = withinMs;
  }

  /** Adds an event. Returns the number of recent ones, this one included. `now`: performance.now(). */
  add(now = performance.now()): number {
    const count = this.count(now) + 1;
    this.#times.push(now);
    return count;
  }

  /** Returns the number of recent events. */
  count(now = performance.now()): number {
    this.#times = this.#times.filter((at) => now - at < this.#withinMs);
    return this.#times.length;
  }

  clear(): void {
    this.#times = [];
  }
}
