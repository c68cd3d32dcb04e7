import type { SavedTab } from './saved-session.ts';

/** How many closed tabs can be had back. */
const capacity = 25;

/** A tab that a person closed, and where in the strip it was. */
export interface ClosedTab {
  saved: SavedTab;
  index: number;
}

/** The tabs that a person closed, the last one first. */
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
