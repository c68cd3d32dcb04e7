import { endProcess } from '../end-process.ts';
import { eventCost } from './event-cost.ts';
import { PageBudget } from './page-budget.ts';

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
 * the browser's own queue, which grows. So the page's process is stopped (SIGSTOP) until the browser has worked off
 * what has arrived, then goes on for a moment. Where the system has no such signal the page is only marked.
 */
export class PageThrottle {
  readonly #tab: Throttled;
  readonly #onMark: (isMarked: boolean) => void;
  readonly #budget = new PageBudget();
  /** The process that is stopped now, and what lets it go on. */
  #stopped: { pid: number; timer: NodeJS.Timeout } | undefined;
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

  /** It was above its budget within the last seconds: a silence of it may be our doing. */
  get isSlowed(): boolean {
    return this.#trouble !== undefined;
  }

  /** The page has caused an event with these arguments. */
  count(args: readonly unknown[]): void {
    if (!this.#budget.spend(eventCost(args))) this.#slow();
  }

  /** The user gives it more time: it stays slow, and nothing is said for a while. */
  wait(): void {
    this.#excusedUntil = performance.now() + waitMs;
    this.#mark(false);
  }

  /** Its process may run from now on: it has ended, or is about to be asked to. */
  release(): void {
    clearTimeout(this.#quiet);
    this.#trouble = undefined;
    this.#goOn();
    this.#mark(false);
  }

  #slow(): void {
    const now = performance.now();
    this.#trouble ??= { since: now, last: now };
    this.#trouble.last = now;
    if (!this.#isMarked && now - this.#trouble.since > markAfterMs && now > this.#excusedUntil) this.#mark(true);
    this.#quiet ??= setTimeout(() => this.#lookWhetherQuiet(), forgetAfterMs);
    this.#stop();
  }

  #stop(): void {
    const { pid, isDebugged } = this.#tab;
    if (this.#stopped || pid === null || isDebugged || !endProcess(pid, 'SIGSTOP')) return;
    this.#stopped = { pid, timer: setTimeout(() => this.#goOnWhenPaid(), this.#budget.waitMs) };
  }

  /** What had arrived before it was stopped is worked off meanwhile, and counts. */
  #goOnWhenPaid(): void {
    const { waitMs: stillMs } = this.#budget;
    if (this.#stopped && stillMs > 0) this.#stopped.timer = setTimeout(() => this.#goOnWhenPaid(), stillMs);
    else this.#goOn();
  }

  #goOn(): void {
    const stopped = this.#stopped;
    this.#stopped = undefined;
    if (!stopped) return;
    clearTimeout(stopped.timer);
    endProcess(stopped.pid, 'SIGCONT');
  }

  #lookWhetherQuiet(): void {
    this.#quiet = undefined;
    if (!this.#trouble) return;
    const leftMs = this.#trouble.last + forgetAfterMs - performance.now();
    if (leftMs > 0) this.#quiet = setTimeout(() => this.#lookWhetherQuiet(), leftMs);
    else {
      this.#trouble = undefined;
      this.#mark(false);
    }
  }

  #mark(isMarked: boolean): void {
    if (isMarked === this.#isMarked) return;
    this.#isMarked = isMarked;
    this.#onMark(isMarked);
  }
}
