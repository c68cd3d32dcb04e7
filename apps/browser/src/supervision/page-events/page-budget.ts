/** A bucket that fills over time. */
interface Bounds {
  /** What a page may spend in one burst. */
  burst: number;
  /** What it may spend for any length of time. */
  perSecond: number;
  /** A page that was paused goes on when it may spend so much again. */
  resumeAt: number;
  /** What it has spent above its budget counts up to here, or to the largest item: else a pause would have no end. */
  mostDebt: number;
  /** The same for a page that goes on and on. */
  tight?: { perSecond: number; mostDebt: number };
}

/** Events: a page with hundreds of frames that loads is within it. */
export const eventBounds: Bounds = {
  burst: 3000,
  perSecond: 400,
  resumeAt: 100,
  mostDebt: 1000,
  tight: { perSecond: 100, mostDebt: 8000 },
};

/** Memory of the browser process that grows while the page is busy, MiB: a large blob or a hundred frames are within it. */
export const growthBounds: Bounds = {
  burst: 32,
  perSecond: 0.3,
  resumeAt: 0.3,
  mostDebt: 1,
  tight: { perSecond: 0.3, mostDebt: 24 },
};

/** Time that the browser is late while the page takes the processor, s. */
export const latenessBounds: Bounds = { burst: 2, perSecond: 0.05, resumeAt: 0.1, mostDebt: 1 };

/** What one page may make the browser do. */
export class PageBudget {
  /** The page has been above its budget for a long time: it gets less, and pays longer. */
  isTight = false;
  readonly #bounds: Bounds;
  readonly #now: () => number;
  #left: number;
  #filledAt: number;

  /** `now` tells the time, ms. */
  constructor(bounds: Bounds, now: () => number = () => performance.now()) {
    this.#bounds = bounds;
    this.#now = now;
    this.#left = bounds.burst;
    this.#filledAt = now();
  }

  /** Takes what something costs; a cost below zero gives back. False when the page is above its budget. */
  spend(cost: number): boolean {
    if (this.#left < cost) this.#fill();
    const lowest = Math.min(this.#left, -Math.max(this.#rate.mostDebt, cost));
    this.#left = Math.min(this.#bounds.burst, Math.max(lowest, this.#left - cost));
    return this.#left >= 0;
  }

  /** Takes a cost that has no largest item: a pause is for what is above the budget, not for the whole. */
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

  /** How long the page has to wait until it may go on, ms; 0 when it may. */
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
