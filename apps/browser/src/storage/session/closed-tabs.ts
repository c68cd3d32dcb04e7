import type { SavedTab } from './saved-session.ts';

/** Maximum number of closed tabs to reopen. */
const capacity = 25;

/** A tab that the user closed, and its position in the strip. */
export interface ClosedTab {
  saved: SavedTab;
  index: number;
}

/** The tabs that the user closed, the last one first. */
export class ClosedTabs {
  readonly #closed: ClosedTab[] = [];

  get size(): number {
    return this.#closed.length;
  }

  add(closed: ClosedTab): void {
    this.#closed.push(closed);
    if (this.#closed.length > capacity) this.#closed.shift();
  }

  take(): ClosedTab | undefined {
    return this.#closed.pop();
  }
}
