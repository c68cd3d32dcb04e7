import { type ProcessorUse, processorUse } from '../../processes/proc.ts';
import { everySecond } from '../../timing/every-second.ts';

/** A process that has a heartbeat. */
export interface Watched {
  readonly pid: number | null;
  /** Lets its heartbeat rest, or has it beat again. */
  rest(mayRest: boolean): void;
  /** A user waits for it: it rests only when it does nothing at all. */
  readonly isSeen?: boolean;
  /** Somebody counts its beats. */
  readonly isCounted?: boolean;
}

interface Options {
  watched: () => readonly Watched[];
  /** Undefined where the system does not tell. */
  read?: (pid: number, isSeen: boolean) => ProcessorUse | undefined;
}

/** `calm`: at how many looks in a row it did nothing; `patience`: at how many of them it is asked all the same. */
type Known = ProcessorUse & { calm: number; patience: number };

/** A heartbeat may beat once more after it was told to rest. It rests after this many looks. */
const looksUntilRest = 2;

/**
 * A process may begin to wait without end in the moment in which it answers: then its few wake-ups are taken for the
 * answer. So a process that is seen is asked again after this many looks of rest, then after twice as many, and so on.
 */
const firstPatience = 4;

/**
 * How often the first thread of a process wakes up to answer one ping, and whatever else Chromium has it do with a
 * message. A process that is seen and wakes up more often is asked.
 */
const wakeupsOfPing = 4;

/**
 * Lets the heartbeats of processes rest that do nothing. A process that has used no processor time since the last look
 * cannot be in an endless loop, and a stopped process shows its state. A file of /proc tells both, and costs the process
 * nothing. A process that is seen rests only if its first thread, which answers, has not even woken up: so one that waits
 * for something without end is found, too. Where there is no /proc, every heartbeat goes on.
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
      // Where tabs share a process, it is calm only if all of them rest.
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
