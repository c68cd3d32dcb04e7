/** Knows which tabs run in the same process, or ended with it. */
export class TabsByProcess<Tab extends { readonly id: number }> {
  readonly #tabs = new Map<number, Set<Tab>>();
  readonly #pids = new Map<Tab, number>();

  /** Moves a tab to its process. Returns every tab whose `sharers` have changed. */
  move(tab: Tab, pid: number | null): Tab[] {
    const before = this.#pids.get(tab) ?? null;
    if (before === pid) return [];
    const affected = new Set([tab, ...this.#leave(tab, before)]);
    if (pid !== null) {
      const tabs = this.#tabs.get(pid) ?? new Set();
      for (const other of tabs) affected.add(other);
      this.#tabs.set(pid, tabs.add(tab));
      this.#pids.set(tab, pid);
    }
    return [...affected];
  }

  /** Returns the numbers of the other tabs in the tab's process, in the order of their arrival. */
  sharers(tab: Tab): number[] {
    const pid = this.#pids.get(tab);
    const tabs = pid === undefined ? undefined : this.#tabs.get(pid);
    return [...(tabs ?? [])].filter((other) => other !== tab).map(({ id }) => id);
  }

  #leave(tab: Tab, pid: number | null): Iterable<Tab> {
    const tabs = pid === null ? undefined : this.#tabs.get(pid);
    if (pid === null || !tabs) return [];
    this.#pids.delete(tab);
    tabs.delete(tab);
    if (tabs.size === 0) this.#tabs.delete(pid);
    return tabs;
  }
}
