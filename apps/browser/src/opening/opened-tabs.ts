import { pageLimits } from '@bulkhead/contracts';

interface ClosableTab {
  once(event: 'closed', listener: () => void): unknown;
}

/**
 * Counts the open tabs that a page has opened, including those that they have opened in turn. It stops a page from
 * filling the window with tabs by making the user click, or when it may open windows by itself.
 */
export class OpenedTabs<Tab extends ClosableTab> {
  readonly #families = new WeakMap<Tab, Set<Tab>>();
  readonly #most: number;

  constructor(most: number = pageLimits.mostOpenedTabs) {
    this.#most = most;
  }

  /** True when the page may open no more tabs until the user closes some. */
  isFull(opener: Tab): boolean {
    return (this.#families.get(opener)?.size ?? 0) >= this.#most;
  }

  add(opener: Tab, opened: Tab): void {
    const family = this.#families.get(opener) ?? new Set();
    this.#families.set(opener, family);
    this.#families.set(opened, family);
    family.add(opened);
    opened.once('closed', () => family.delete(opened));
  }
}
