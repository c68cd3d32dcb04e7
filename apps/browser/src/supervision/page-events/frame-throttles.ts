import type { Tab } from '../../tabs/tab.ts';
import { PageThrottle } from './page-throttle.ts';

interface Frames {
  /** Processes of a tab's cross-site frames. */
  pidsOf(tab: Tab): number[];
}

/**
 * What slows the frames of other sites: they have processes of their own. One that serves a tab as well is that tab's to
 * be slowed. The user is told of every tab that shows such a frame.
 */
export class FrameThrottles {
  readonly #tabs: () => readonly Tab[];
  readonly #frames: Frames;
  readonly #throttles = new Map<number, PageThrottle>();

  constructor(tabs: () => readonly Tab[], frames: Frames) {
    this.#tabs = tabs;
    this.#frames = frames;
  }

  /** One for each process that there is now. */
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

  /** The user gives the frames of a tab more time. */
  wait(tab: Tab): void {
    for (const pid of this.#frames.pidsOf(tab)) this.#throttles.get(pid)?.wait();
  }

  #showing(pid: number): Tab[] {
    return this.#tabs().filter((tab) => this.#frames.pidsOf(tab).includes(pid));
  }
}
