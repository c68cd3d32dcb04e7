/** Events that a page may cause in one burst, such as a page with hundreds of frames that loads. */
const burst = 2000;
/** Events a second that it may cause for any length of time. */
const perSecond = 400;
/** A page that was paused goes on when it may cause so many again. */
const resumeAt = 100;
/** What it has caused above its budget counts up to here, or to its largest event: else a pause would have no end. */
const mostDebt = 100;

/** What one page may make the browser do: a bucket of events that fills over time. */
export class PageBudget {
  readonly #now: () => number;
  #left = burst;
  #filledAt: number;

  /** `now` tells the time, ms. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#filledAt = now();
  }

  /** Takes what an event costs. False when the page is above its budget. */
  spend(cost: number): boolean {
    if (this.#left < cost) this.#fill();
    this.#left = Math.max(Math.min(this.#left, -Math.max(mostDebt, cost)), this.#left - cost);
    return this.#left >= 0;
  }

  /** How long the page has to wait until it may go on, ms; 0 when it may. */
  get waitMs(): number {
    this.#fill();
    return Math.max(0, Math.ceil(((resumeAt - this.#left) * 1000) / perSecond));
  }

  #fill(): void {
    const now = this.#now();
    this.#left = Math.min(burst, this.#left + ((now - this.#filledAt) * perSecond) / 1000);
    this.#filledAt = now;
  }
}
