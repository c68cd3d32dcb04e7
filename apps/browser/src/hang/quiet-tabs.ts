import { everySecond } from '../every-second.ts';
import { fewAtOnce } from '../few-at-once.ts';
import { readStat } from '../processes/proc.ts';

/** A tab as far as this has to know it. */
interface WatchedTab {
  readonly pid: number | null;
  readonly connection: { rest(mayRest: boolean): void } | undefined;
}

interface Options {
  tabs: () => readonly WatchedTab[];
  /** The visible tab; undefined while the window is hidden. */
  visible: () => WatchedTab | undefined;
  /** Processor time and state of a process; undefined where the system does not tell. */
  read?: (pid: number) => Promise<{ cpuTicks: number; state: string } | undefined>;
}

/**
 * Lets the heartbeat of a hidden tab rest while its process does nothing. A process that has used no processor time since
 * the last look cannot be in an endless loop. A stopped process shows its state. One line of /proc tells both, and does
 * not wake the process. Where there is no /proc, every heartbeat goes on.
 */
export class QuietTabs {
  readonly #options: Required<Options>;
  readonly #stop: () => void;
  #ticks = new Map<number, number>();
  #isLooking = false;

  constructor({ read = readStat, ...options }: Options) {
    this.#options = { read, ...options };
    this.#stop = everySecond(() => void this.look());
  }

  /** This tab is visible now. */
  show(tab: WatchedTab): void {
    tab.connection?.rest(false);
  }

  async look(): Promise<void> {
    // A slow system is asked once at a time.
    if (this.#isLooking) return;
    this.#isLooking = true;
    const { tabs, visible, read } = this.#options;
    const hidden = tabs().filter((tab) => tab !== visible());
    const pids = [...new Set(hidden.flatMap(({ pid }) => pid ?? []))];
    const stats = new Map((await fewAtOnce(pids, read)).map((stat, index) => [pids[index] ?? 0, stat]));
    for (const tab of tabs()) {
      const isQuiet = tab !== visible() && tab.pid !== null && this.#isQuiet(tab.pid, stats.get(tab.pid));
      tab.connection?.rest(isQuiet);
    }
    this.#ticks = new Map([...stats].flatMap(([pid, stat]) => (stat ? [[pid, stat.cpuTicks]] : [])));
    this.#isLooking = false;
  }

  dispose(): void {
    this.#stop();
  }

  #isQuiet(pid: number, stat: { cpuTicks: number; state: string } | undefined): boolean {
    if (!stat || stat.state === 'T' || stat.state === 't') return false;
    return this.#ticks.get(pid) === stat.cpuTicks;
  }
}
