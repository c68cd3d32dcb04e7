export interface Expiring {
  /** performance.now() at which the item expires; Infinity for never. */
  readonly expiresAt: number;
}

/**
 * One timer for all deadlines of a connection. Most calls are answered long before their deadline, so no timer is armed
 * or cleared per call. The timer runs for the earliest deadline, and checks the remaining items when it fires.
 */
export class Deadlines<Item extends Expiring> {
  readonly #items: () => Iterable<Item>;
  readonly #expire: (item: Item) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #firesAt = Infinity;

  constructor(items: () => Iterable<Item>, expire: (item: Item) => void) {
    this.#items = items;
    this.#expire = expire;
  }

  /** Call it for each added item. */
  watch({ expiresAt }: Expiring): void {
    if (expiresAt < this.#firesAt) this.#arm(expiresAt);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#firesAt = Infinity;
  }

  #arm(at: number): void {
    clearTimeout(this.#timer);
    this.#firesAt = at;
    // Timers take 32-bit delays. A timer that fires early is armed again.
    this.#timer = setTimeout(() => this.#fire(), Math.min(Math.max(0, Math.ceil(at - performance.now())), 0x7fffffff));
  }

  #fire(): void {
    this.#firesAt = Infinity;
    const now = performance.now();
    let earliest = Infinity;
    for (const item of [...this.#items()]) {
      if (item.expiresAt <= now) this.#expire(item);
      else earliest = Math.min(earliest, item.expiresAt);
    }
    if (earliest < this.#firesAt) this.#arm(earliest);
  }
}
