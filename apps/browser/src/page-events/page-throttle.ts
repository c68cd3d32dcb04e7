import { Backlog } from './backlog.ts';
import { eventCost } from './event-cost.ts';
import { eventBounds, growthBounds, latenessBounds, PageBudget } from './page-budget.ts';
import { type HoldReason, ProcessHold } from './process-hold.ts';

/** Time that a page is slowed down before the user is told, and time without trouble before that is taken back, ms. */
const markAfterMs = 3000;
const forgetAfterMs = 10_000;
/** Time without a notice after the user chose to wait, ms. */
const waitMs = 60_000;

export interface Throttled {
  /** The process that runs the page. Null while there is none. */
  readonly pid: number | null;
  /** A debugger needs the process for itself. */
  readonly isDebugged: boolean;
}

/**
 * Slows down a page that makes the browser do more than its budget allows. Messages of a page cannot be refused: they
 * wait in the browser's own queue, which grows. So the page's process is stopped (SIGSTOP) until it may continue for a
 * moment. On a system without this signal the page is only marked.
 *
 * A page within its budget is also stopped when it sends faster than the browser works, until the browser has caught
 * up. That costs an honest page nothing, because it waits for the browser anyway, and the user is not told.
 */
export class PageThrottle {
  readonly #tab: Throttled;
  readonly #onMark: (isMarked: boolean) => void;
  readonly #events = new PageBudget(eventBounds);
  readonly #growth = new PageBudget(growthBounds);
  readonly #lateness = new PageBudget(latenessBounds);
  readonly #hold = new ProcessHold();
  readonly #backlog = new Backlog({
    onBehind: () => this.#stop('backlog'),
    onCaughtUp: () => this.#hold.end('backlog'),
  });
  /** Set until the page has paid for the work that it caused. */
  #paying: NodeJS.Timeout | undefined;
  /** Start and last moment of the present trouble. */
  #trouble: { since: number; last: number } | undefined;
  #quiet: NodeJS.Timeout | undefined;
  #isMarked = false;
  #excusedUntil = 0;

  /** `onMark` is called when the user should be told that the page slows down the browser, and when that is over. */
  constructor(tab: Throttled, onMark: (isMarked: boolean) => void) {
    this.#tab = tab;
    this.#onMark = onMark;
  }

  /** Its process. Null while there is none, or a debugger has it. */
  get pid(): number | null {
    const { pid } = this.#tab;
    return pid !== null && this.#tab.isDebugged ? null : pid;
  }

  /** It exceeded its budget within the last seconds, so the throttle may be the reason for its silence. */
  get isSlowed(): boolean {
    return this.#trouble !== undefined;
  }

  /** It exceeds its budget, did so recently, or has made the browser grow by half of the limit. */
  get isSuspect(): boolean {
    return this.isSlowed || this.#growth.isHalfSpent;
  }

  /** Counts an event of the page with its name and arguments. */
  count(name: string | symbol, args: readonly unknown[]): void {
    this.#backlog.count();
    if (!this.#events.spend(eventCost(name, args))) this.#slow();
  }

  /** Charges growth of the browser while the page was busy, MiB. Nothing is charged while the user waits. */
  chargeGrowth(mib: number): void {
    if (!this.#isExcused && !this.#growth.spendInParts(mib)) this.#slow();
  }

  /** Charges the time that the browser was late while the page was busy, s. Nothing is charged while the user waits. */
  chargeLateness(seconds: number): void {
    if (!this.#isExcused && !this.#lateness.spendInParts(seconds)) this.#slow();
  }

  /** Holds the page while the browser is late and the page is busy. */
  holdForStrain(): void {
    this.#stop('strain');
  }

  endStrain(): void {
    this.#hold.end('strain');
  }

  /** The user gives it more time: it stays slow, and nothing is reported for a while. */
  wait(): void {
    this.#excusedUntil = performance.now() + waitMs;
    this.#mark(false);
    if (this.#paying) this.#pay();
  }

  /** Lets the process run from now on: it has ended, or is about to be asked to. */
  release(): void {
    clearTimeout(this.#quiet);
    this.#quiet = undefined;
    this.#endTrouble();
    this.#endPaying();
    this.#hold.release();
  }

  #slow(): void {
    this.#noteTrouble();
    if (!this.#paying && this.#stop('budget')) this.#pay();
  }

  get #isExcused(): boolean {
    return performance.now() < this.#excusedUntil;
  }

  #noteTrouble(): void {
    const now = performance.now();
    this.#trouble ??= { since: now, last: now };
    this.#trouble.last = now;
    if (now - this.#trouble.since >= markAfterMs) {
      this.#events.isTight = true;
      this.#growth.isTight = true;
      if (!this.#isMarked && !this.#isExcused) this.#mark(true);
    }
    this.#quiet ??= setTimeout(() => this.#lookWhetherQuiet(), forgetAfterMs);
  }

  #stop(reason: HoldReason): boolean {
    const { pid } = this;
    return pid !== null && this.#hold.hold(pid, reason);
  }

  /** Messages that arrived before the stop are handled meanwhile, and count. */
  #pay(): void {
    clearTimeout(this.#paying);
    this.#noteTrouble();
    const judgedMs = this.#isExcused ? 0 : Math.max(this.#growth.waitMs, this.#lateness.waitMs);
    const leftMs = Math.max(this.#events.waitMs, judgedMs);
    // A long pause counts as trouble throughout, so that the user is told while it lasts.
    if (leftMs > 0) this.#paying = setTimeout(() => this.#pay(), Math.min(leftMs, markAfterMs));
    else this.#endPaying();
  }

  #endPaying(): void {
    clearTimeout(this.#paying);
    this.#paying = undefined;
    this.#hold.end('budget');
  }

  #lookWhetherQuiet(): void {
    this.#quiet = undefined;
    if (!this.#trouble) return;
    const leftMs = this.#trouble.last + forgetAfterMs - performance.now();
    if (leftMs > 0) this.#quiet = setTimeout(() => this.#lookWhetherQuiet(), leftMs);
    else this.#endTrouble();
  }

  #endTrouble(): void {
    this.#trouble = undefined;
    this.#events.isTight = false;
    this.#growth.isTight = false;
    this.#mark(false);
  }

  #mark(isMarked: boolean): void {
    if (isMarked === this.#isMarked) return;
    this.#isMarked = isMarked;
    this.#onMark(isMarked);
  }
}
