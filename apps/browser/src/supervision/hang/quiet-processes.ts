import { type ProcessorUse, processorUse } from '../../processes/proc.ts';
import { everySecond } from '../../timing/every-second.ts';

/** A process that has a heartbeat. */
export interface Watched {
  readonly pid: number | null;
  /** Pauses its heartbeat, or resumes it. */
  rest(mayRest: boolean): void;
  /** The user waits for it: its heartbeat rests only when it does nothing at all. */
  readonly isSeen?: boolean;
  /** An observer counts its heartbeats. */
  readonly isCounted?: boolean;
}

interface Options {
  watched: () => readonly Watched[];
  /** Returns undefined when the system does not report it. */
  read?: (pid: number, isSeen: boolean) => ProcessorUse | undefined;
}

/**
 * `calm`: number of looks in a row at which it did nothing. `patience`: number of those after which it is asked anyway.
 */
type Known = ProcessorUse & { calm: number; patience: number };

/** Number of looks until a heartbeat counts as resting. One beat may still be under way when it is told to rest. */
const looksUntilRest = 2;

/**
 * First number of quiet looks after which a seen process is asked anyway. The number then doubles each time. A process
 * may start to wait forever just after it answered, and its few wake-ups then look like the answer.
 */
const firstPatience = 4;

/**
 * Number of times that the first thread of a process wakes up to answer one ping, including Chromium's own work for a
 * message. A seen process that wakes up more often is asked.
 */
const wakeupsOfPing = 4;

/**
 * Pauses the heartbeats of processes that do nothing. A process that has used no processor time since the last look
 * cannot be in an endless loop, and a stopped process shows its state. A file of /proc shows both, at no cost for the
 * process. A seen process rests only if its first thread, which answers, has not even woken up, so that a process that
 * waits forever is found, too. Without /proc, every heartbeat continues.
 */
export class QuietProcesses {
  readonly #options: Required<Options>;
  readonly #stop: () => void;
  #known = new Map<number, Known>();

  constructor({ read = processorUse, ...options }: Options) {
    this.#options = { read, ...options };
    this.#stop = everySecond(() => this.look());
  }

  look(): void {
    const { watched, read } = this.#options;
    const all = watched();
    const uses = new Map<number, ProcessorUse | undefined>();
    const seen = new Set(all.flatMap(({ pid, isSeen }) => (isSeen ? (pid ?? []) : [])));
    for (const { pid } of all) if (pid !== null && !uses.has(pid)) uses.set(pid, read(pid, seen.has(pid)));
    const known = new Map<number, Known>();
    for (const each of all) {
      const use = each.pid === null ? undefined : uses.get(each.pid);
      const before = this.#known.get(each.pid ?? 0) ?? { calm: 0, patience: firstPatience };
      const isQuiet = use !== undefined && this.#isQuiet(each, use);
      const isAsked = isQuiet && each.isSeen === true && before.calm >= before.patience;
      const rests = isQuiet && !isAsked;
      each.rest(rests);
      if (each.pid === null || !use) continue;
      // Tabs that share a process are calm only if all of them rest.
      const calm = Math.min(rests ? before.calm + 1 : 0, known.get(each.pid)?.calm ?? Number.POSITIVE_INFINITY);
      const unchanged = known.get(each.pid)?.patience ?? before.patience;
      const patience = !isQuiet ? firstPatience : isAsked ? 2 * before.patience : unchanged;
      known.set(each.pid, { ...use, calm, patience });
    }
    this.#known = known;
  }

  dispose(): void {
    this.#stop();
  }

  #isQuiet({ pid, isSeen, isCounted }: Watched, { state, ticks, wakeups }: ProcessorUse): boolean {
    const before = this.#known.get(pid ?? 0);
    if (!before || isCounted || state === 'T' || state === 't' || before.ticks !== ticks) return false;
    if (!isSeen) return true;
    return state !== 'R' && wakeups - before.wakeups <= (before.calm < looksUntilRest ? wakeupsOfPing : 0);
  }
}
