/** How long one turn of the browser's thread may take before the page that fills it is held, ms. */
const longestTurnMs = 16;
/** Events of a page within a turn from which on it is the one that fills the turn. */
const fewestEvents = 8;

interface Options {
  /** The page sends faster than the browser works. */
  onBehind: () => void;
  /** The browser has worked off what had arrived. */
  onCaughtUp: () => void;
  now?: () => number;
  /** Calls a function behind everything that has arrived up to now. */
  afterTurn?: (run: () => void) => void;
}

/**
 * Notices that the browser falls behind a page. The browser's thread takes what has arrived in order: a task that is
 * put into its queue with an event of the page, and comes late, tells how long the queue is.
 */
export class Backlog {
  readonly #options: Required<Options>;
  #turn: { since: number; events: number } | undefined;
  #isBehind = false;

  constructor({ now = () => performance.now(), afterTurn = setImmediate, ...heard }: Options) {
    this.#options = { now, afterTurn, ...heard };
  }

  /** The page has caused an event. */
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

  /** What arrived between the first event of a turn and the moment of the hold is worked off in one more turn. */
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
