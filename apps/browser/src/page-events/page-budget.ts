/** Limits of a token bucket. */
interface Bounds {
  /** Amount that a page may spend in one burst. */
  burst: number;
  /** Amount per second that it may spend for any length of time. */
  perSecond: number;
  /** A paused page continues when it may spend this amount again. */
  resumeAt: number;
  /** Maximum debt, or the cost of the largest item if that is higher. Without it a pause could be endless. */
  mostDebt: number;
  /** The same for a page that exceeds its budget for a long time. */
  tight?: { perSecond: number; mostDebt: number };
}

/** Bounds for events. A page that loads hundreds of frames stays within them. */
export const eventBounds: Bounds = {
  burst: 3000,
  perSecond: 400,
  resumeAt: 100,
  mostDebt: 1000,
  tight: { perSecond: 100, mostDebt: 8000 },
};

/**
 * Bounds for growth of the browser's memory while the page is busy, MiB. A large blob or a hundred frames stay within
 * them.
 */
export const growthBounds: Bounds = {
  burst: 32,
  perSecond: 0.3,
  resumeAt: 0.3,
  mostDebt: 1,
  tight: { perSecond: 0.3, mostDebt: 24 },
};

/** Bounds for the time that the browser is late while the page takes the processor, s. */
export const latenessBounds: Bounds = { burst: 2, perSecond: 0.05, resumeAt: 0.1, mostDebt: 1 };

/** The amount of work that one page may cause in the browser. */
export class PageBudget {
  /** The page has exceeded its budget for a long time: it gets less, and its debt may be higher. */
  isTight = false;
  readonly #bounds: Bounds;
  readonly #now: () => number;
  #left: number;
  #filledAt: number;

  /** `now` returns the time, ms. */
  constructor(bounds: Bounds, now: () => number = () => performance.now()) {
    this.#bounds = bounds;
    this.#now = now;
    this.#left = bounds.burst;
    this.#filledAt = now();
  }

  /** Charges a cost. A negative cost is returned to the budget. Returns false when the page exceeds its budget. */
  spend(cost: number): boolean {
    if (this.#left < cost) this.#fill();
    const lowest = Math.min(this.#left, -Math.max(this.#rate.mostDebt, cost));
    this.#left = Math.min(this.#bounds.burst, Math.max(lowest, this.#left - cost));
    return this.#left >= 0;
  }

  /** Charges a cost without a largest item, in parts, so that only the excess causes a pause. */
  spendInParts(cost: number): boolean {
    let isWithin = true;
    for (let left = cost; left > 0; left -= this.#bounds.mostDebt)
      isWithin = this.spend(Math.min(left, this.#bounds.mostDebt));
    return isWithin;
  }

  get isHalfSpent(): boolean {
    this.#fill();
    return this.#left < this.#bounds.burst / 2;
  }

  /** Time that the page must wait until it may continue, ms. 0 when it may. */
  get waitMs(): number {
    this.#fill();
    return Math.max(0, Math.ceil(((this.#bounds.resumeAt - this.#left) * 1000) / this.#rate.perSecond));
  }

  get #rate(): { perSecond: number; mostDebt: number } {
    return (this.isTight && this.#bounds.tight) || this.#bounds;
  }

  #fill(): void {
    const now = this.#now();
    this.#left = Math.min(this.#bounds.burst, this.#left + ((now - this.#filledAt) * this.#rate.perSecond) / 1000);
    this.#filledAt = now;
  }
}
