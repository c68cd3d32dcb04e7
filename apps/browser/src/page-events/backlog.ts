/** Longest turn of the browser's thread before the page that fills it is held, ms. */
const longestTurnMs = 16;
/** Number of a page's events within a turn above which the page counts as filling it. */
const fewestEvents = 8;

interface Options {
  /** The page sends faster than the browser works. */
  onBehind: () => void;
  /** The browser has finished the work that had arrived. */
  onCaughtUp: () => void;
  now?: () => number;
  /** Calls a function after everything that has arrived so far. */
  afterTurn?: (run: () => void) => void;
}

/**
 * Notices that the browser falls behind a page. The browser's thread handles messages in the order of their arrival, so
 * a task that is queued together with an event of the page and runs late shows how long the queue is.
 */
export class Backlog {
  readonly #options: Required<Options>;
  #turn: { since: number; events: number } | undefined;
  #isBehind = false;

  constructor({ now = () => performance.now(), afterTurn = setImmediate, ...heard }: Options) {
    this.#options = { now, afterTurn, ...heard };
  }

  /** Counts an event caused by the page. */
  count(): void {
    const { now, afterTurn, onBehind } = this.#options;
    if (!this.#turn) {
      this.#turn = { since: now(), events: 0 };
      afterTurn(() => this.#endTurn());
    }
    this.#turn.events += 1;
    if (this.#isBehind || this.#turn.events < fewestEvents || now() - this.#turn.since <= longestTurnMs) return;
    this.#isBehind = true;
    onBehind();
  }

  /** Work that arrived between the first event of a turn and the hold is finished within one more turn. */
  #endTurn(): void {
    const { afterTurn, onCaughtUp } = this.#options;
    this.#turn = undefined;
    if (!this.#isBehind) return;
    afterTurn(() => {
      this.#isBehind = false;
      onCaughtUp();
    });
  }
}
