import type { PluginProcess } from '../../plugins/plugin-process.ts';
import { endProcess } from '../../processes/end-process.ts';
import type { Tab } from '../../tabs/tab.ts';
import type { TabStrip } from '../../tabs/tab-strip.ts';
import { everySecond } from '../../timing/every-second.ts';
import type { Subframes } from '../subframes/subframes.ts';
import type { MemoryLimit } from './memory-limit.ts';
import { isCheap, readUse } from './used-memory.ts';
import { whySilent } from './why-silent.ts';

/**
 * Time between measurements of a process that grows, or that changes and uses much of its limit, ms. Others are measured
 * once a second.
 */
const urgentMs = 100;
/** Age above which a measurement is old, ms. Below a second, because a timer may fire early. */
const restMs = 900;
/** Shares of the limit above which a process is measured often, and above which the user is warned. */
const urgentShare = 0.25;
const warnShare = 0.8;
/**
 * Maximum number of threads of a process. Each uses a number that no other thread or process of the machine can have;
 * many systems have 32,768. A page with hundreds of workers has some hundred threads more.
 */
const mostThreads = 2000;
/** The shell is told a tab's memory again when it differs by more than this share from the last reported value. */
const toldShare = 0.05;

/** Ends a process that uses too much, and reports its use. */
type Judge = (usedKiB: number, hasTooManyThreads: boolean) => void;

interface Measurement {
  usedKiB: number;
  /** performance.now(). */
  at: number;
  grows: boolean;
  /** The value has changed since the last measurement. */
  moves: boolean;
}

/**
 * Measures the memory and counts the threads of the processes of every tab, of its cross-site subframes and of the
 * plugin. Ends a process above either limit, because a growing heap causes no event for a long time. Reads one small
 * file of /proc for each process, and reads it often only when needed. Without /proc it asks Electron once a second.
 */
export class MemoryWatch {
  readonly #strip: TabStrip;
  readonly #plugin: PluginProcess;
  readonly #frames: Subframes;
  readonly #limit: MemoryLimit;
  #measurements = new Map<number, Measurement>();
  /** Memory of each tab as last reported to the shell, KiB. */
  readonly #told = new WeakMap<Tab, number>();
  readonly #stop: () => void;
  /** Set while a process is measured more often. */
  #urgent: NodeJS.Timeout | undefined;

  constructor(strip: TabStrip, plugin: PluginProcess, frames: Subframes, limit: MemoryLimit) {
    this.#strip = strip;
    this.#plugin = plugin;
    this.#frames = frames;
    this.#limit = limit;
    plugin.whySilent = (pid) => this.#whySilent(pid);
    this.#stop = everySecond(() => this.#look());
  }

  /** Last measurement of a process, KiB. */
  usedKiB(pid: number | null): number | null {
    return pid === null ? null : (this.#measurements.get(pid)?.usedKiB ?? null);
  }

  dispose(): void {
    this.#stop();
    clearTimeout(this.#urgent);
  }

  #look(): void {
    this.#measure();
    clearTimeout(this.#urgent);
    if ([...this.#measurements.values()].some((each) => this.#isUrgent(each)))
      this.#urgent = setTimeout(() => this.#look(), urgentMs);
  }

  #whySilent(pid: number): ReturnType<typeof whySilent> {
    return whySilent({
      readUsedKiB: async () => readUse([pid])[0]?.usedKiB ?? null,
      limitKiB: () => this.#limit.kiB,
      isSilent: () => this.#plugin.pid === pid && !this.#plugin.isResponsive,
    });
  }

  #measure(): void {
    const owners = this.#owners();
    const now = performance.now();
    const due = [...owners].filter(([pid]) => this.#isDue(pid, now));
    const uses = readUse(due.map(([pid]) => pid));
    for (const [index, [pid, judge]] of due.entries()) {
      const use = uses[index];
      if (!use) continue;
      const { usedKiB } = use;
      const before = this.#measurements.get(pid);
      const grows = before !== undefined && usedKiB - before.usedKiB > 0.02 * this.#limit.kiB;
      this.#measurements.set(pid, { usedKiB, at: now, grows, moves: usedKiB !== before?.usedKiB });
      judge(usedKiB, use.threads > mostThreads);
    }
    for (const pid of this.#measurements.keys()) if (!owners.has(pid)) this.#measurements.delete(pid);
  }

  #isDue(pid: number, now: number): boolean {
    const before = this.#measurements.get(pid);
    return !before || this.#isUrgent(before) || now - before.at >= restMs;
  }

  #isUrgent({ grows, moves, usedKiB }: Measurement): boolean {
    return isCheap && (grows || (moves && usedKiB > urgentShare * this.#limit.kiB));
  }

  /** Returns every process that has a limit, and the function that judges its use. */
  #owners(): Map<number, Judge> {
    const owners = new Map<number, Judge>();
    for (const tab of this.#strip.tabs) {
      for (const frame of this.#frames.pidsOf(tab)) owners.set(frame, (...use) => this.#judgeFrame(frame, ...use));
    }
    const sharers = new Map<number, Tab[]>();
    for (const tab of this.#strip.tabs) {
      if (tab.pid !== null) sharers.set(tab.pid, [...(sharers.get(tab.pid) ?? []), tab]);
    }
    for (const [pid, tabs] of sharers) owners.set(pid, (...use) => this.#judge(tabs, ...use));
    const { pid } = this.#plugin;
    if (pid !== null) {
      owners.set(pid, (usedKiB, hasTooManyThreads) => {
        if (usedKiB > this.#limit.kiB) this.#plugin.kill('SIGKILL', 'out-of-memory');
        else if (hasTooManyThreads) this.#plugin.kill('SIGKILL', 'too-many-threads');
      });
    }
    return owners;
  }

  /** Judges a process for all tabs in it. */
  #judge(tabs: readonly Tab[], usedKiB: number, hasTooManyThreads: boolean): void {
    const limitKiB = this.#limit.kiB;
    const nearLimit = usedKiB > warnShare * limitKiB;
    for (const each of tabs) {
      const changes = nearLimit !== (each.health.memory?.nearLimit ?? false);
      const toldKiB = this.#told.get(each) ?? 0;
      const silently = !changes && Math.abs(usedKiB - toldKiB) <= toldShare * toldKiB;
      if (!silently) this.#told.set(each, usedKiB);
      each.note({ memory: { usedKiB, limitKiB, nearLimit } }, { silently });
      if (usedKiB > limitKiB) each.kill('out-of-memory');
      else if (hasTooManyThreads) each.kill('too-many-threads');
    }
  }

  /** Ends only the subframe's process. Its page continues with a sad frame. */
  #judgeFrame(pid: number, usedKiB: number, hasTooManyThreads: boolean): void {
    if (usedKiB > this.#limit.kiB || hasTooManyThreads) endProcess(pid, 'SIGKILL');
  }
}
