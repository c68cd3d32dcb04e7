import { Backlog } from './backlog.ts';
import { eventCost } from './event-cost.ts';
import { eventBounds, growthBounds, latenessBounds, PageBudget } from './page-budget.ts';
import { type HoldReason, ProcessHold } from './process-hold.ts';

/** How long a page may be slowed before the user is told, ms, and how long it is well before that is taken back. */
const markAfterMs = 3000;
const forgetAfterMs = 10_000;
/** How long the user who chose to wait is left alone, ms. */
const waitMs = 60_000;

export interface Throttled {
  /** The process that runs the page; null while there is none. */
  readonly pid: number | null;
  /** A debugger wants to have the process to itself. */
  readonly isDebugged: boolean;
}

/**
 * Slows a page that makes the browser do more than its budget allows. What a page sends cannot be refused: it waits in
 * the browser's own queue, which grows. So the page's process is stopped (SIGSTOP) until it may go on for a moment.
 * Where the system has no such signal the page is only marked.
 *
 * Within its budget a page is stopped as well when it sends faster than the browser works, until the browser has
 * caught up. That costs an honest page nothing, for it waits for the browser anyway, and it is told to nobody.
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
  /** Runs until the page has paid for what it has caused. */
  #paying: NodeJS.Timeout | undefined;
  /** Of the present time of trouble: its first and its last moment. */
  #trouble: { since: number; last: number } | undefined;
  #quiet: NodeJS.Timeout | undefined;
  #isMarked = false;
  #excusedUntil = 0;

  /** `onMark` hears when the user is to be told that the page slows the browser down, and when that is over. */
  constructor(tab: Throttled, onMark: (isMarked: boolean) => void) {
    this.#tab = tab;
    this.#onMark = onMark;
  }

  /** Its process; null while there is none, or a debugger has it. */
  get pid(): number | null {
    const { pid } = this.#tab;
    return pid !== null && this.#tab.isDebugged ? null : pid;
  }

  /** It was above its budget within the last seconds: a silence of it may be our doing. */
  get isSlowed(): boolean {
    return this.#trouble !== undefined;
  }

  /** It is above its budget, was so not long ago, or has made the browser grow by half of what it may. */
  get isSuspect(): boolean {
    return this.isSlowed || this.#growth.isHalfSpent;
  }

  /** The page has caused an event of this name, with these arguments. */
  count(name: string | symbol, args: readonly unknown[]): void {
    this.#backlog.count();
    if (!this.#events.spend(eventCost(name, args))) this.#slow();
  }

  /** The browser has grown by this much while the page was busy, MiB. The user who waits allows it. */
  chargeGrowth(mib: number): void {
    if (!this.#isExcused && !this.#growth.spendInParts(mib)) this.#slow();
  }

  /** The browser has been late for so long while the page was busy, s. The user who waits allows it. */
  chargeLateness(seconds: number): void {
    if (!this.#isExcused && !this.#lateness.spendInParts(seconds)) this.#slow();
  }

  /** The browser is late while the page is busy: it waits until that is over. */
  holdForStrain(): void {
    this.#stop('strain');
  }

  endStrain(): void {
    this.#hold.end('strain');
  }

  /** The user gives it more time: it stays slow, and nothing is said for a while. */
  wait(): void {
    this.#excusedUntil = performance.now() + waitMs;
    this.#mark(false);
    if (this.#paying) this.#pay();
  }

  /** Its process may run from now on: it has ended, or is about to be asked to. */
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

  /** What had arrived before it was stopped is worked off meanwhile, and counts. */
  #pay(): void {
    clearTimeout(this.#paying);
    this.#noteTrouble();
    const judgedMs = this.#isExcused ? 0 : Math.max(this.#growth.waitMs, this.#lateness.waitMs);
    const leftMs = Math.max(this.#events.waitMs, judgedMs);
    // A long pause is trouble all the time: the user is told while it lasts.
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
