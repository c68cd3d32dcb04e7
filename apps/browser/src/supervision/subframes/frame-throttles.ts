import { PageThrottle } from '../../page-events/page-throttle.ts';
import type { Tab } from '../../tabs/tab.ts';

interface Frames {
  /** Returns the processes of a tab's cross-site subframes. */
  pidsOf(tab: Tab): number[];
}

/**
 * Slows down cross-site subframes, which have processes of their own. A process that also serves a tab is slowed down
 * by that tab's throttle. The user is told for every tab that shows such a subframe.
 */
export class FrameThrottles {
  readonly #tabs: () => readonly Tab[];
  readonly #frames: Frames;
  readonly #throttles = new Map<number, PageThrottle>();

  constructor(tabs: () => readonly Tab[], frames: Frames) {
    this.#tabs = tabs;
    this.#frames = frames;
  }

  /** Returns a throttle for each present process. */
  all(): PageThrottle[] {
    const pids = new Set(this.#tabs().flatMap((tab) => (tab.pid === null ? [] : this.#frames.pidsOf(tab))));
    for (const { pid } of this.#tabs()) if (pid !== null) pids.delete(pid);
    for (const [pid, throttle] of this.#throttles) {
      if (pids.has(pid)) continue;
      this.#throttles.delete(pid);
      throttle.release();
    }
    for (const pid of pids) {
      if (this.#throttles.has(pid)) continue;
      const tell = (slowsBrowser: boolean) => {
        for (const tab of this.#showing(pid)) tab.note({ slowsBrowser });
      };
      this.#throttles.set(pid, new PageThrottle({ pid, isDebugged: false }, tell));
    }
    return [...this.#throttles.values()];
  }

  /** The user gives the subframes of a tab more time. */
  wait(tab: Tab): void {
    for (const pid of this.#frames.pidsOf(tab)) this.#throttles.get(pid)?.wait();
  }

  #showing(pid: number): Tab[] {
    return this.#tabs().filter((tab) => this.#frames.pidsOf(tab).includes(pid));
  }
}
