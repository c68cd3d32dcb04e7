import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { endProcess } from '../end-process.ts';
import { parseStat, ticksPerSecond } from '../processes/proc.ts';
import { Growth } from './growth.ts';
import type { StrainCells } from './strain-cells.ts';
import { strainLookMs } from './strain-watch.ts';

/** The browser's thread is late when it has not looked for so long, ms. */
const lateMs = strainLookMs + 100;
/** Growth that is worth asking whose it is, KiB; and what a process may cause before the browser has taken note. */
const noticedKiB = 2048;
const mostUnnoticedKiB = 4096;
/**
 * How long the processor time of pages is compared, ms: at first, while there is reason to look, and at most. The system
 * counts it in steps of 10 ms.
 */
const firstCompareMs = 80;
const compareMs = 300;
const longestCompareMs = 1000;
/** What comes so soon after the growth that a process was charged is its as well: the browser works off what it sent. */
const aftermathMs = 2000;
/**
 * Share of one processor from which on a process may be why the browser is late, and how many times as much as the
 * others on average it has to take: pages that do the same as each other are not why.
 */
const busyShare = 0.4;
const standsOut = 2;
/**
 * On a busy machine all get less. When the late browser's thread has used so much processor time since its last look
 * (s) as it never does by itself, this part of what it takes is enough, down to this share.
 */
const farTooMuchToDo = 0.5;
const busyBesideBrowser = 0.5;
const leastBusyShare = 0.1;
/** Share that it takes within the system from which on it may be why the browser grows: who only computes sends nothing. */
const sendingShare = 0.03;
/** Of what the process takes, or took, that sends the most: who takes less than this is not charged. */
const chargedShare = 0.5;
/**
 * Growth that nobody is charged, KiB: the browser grows by itself when it starts, when its own work leaves garbage, and
 * with every process that it starts. What is left of it at most once the start has used its part, what comes back in a
 * second, and what a new process of a page brings.
 */
const startFreeKiB = 65_536;
const mostFreeKiB = 24_576;
const freeKiBPerSecond = 400;
const freeKiBOfProcess = 8192;
/**
 * Processor time that the late browser's thread has used since its last look from which on it is late because it has
 * much to do, s. Else the machine is busy, and a page is why only if it takes most of the machine.
 */
const muchToDo = 0.1;
const mostOfMachine = 0.75;

interface System {
  now(): number;
  /** Memory of the browser process that it shares with no other, KiB. */
  privateKiB(): number;
  /** Processor time of the browser's thread so far, s. */
  browserTime(): number;
  /** Processors of the machine. */
  processors: number;
  /** Processor time of a process so far, s, and what of it was within the system; undefined when it has gone. */
  processorTime(pid: number): ProcessorTime | undefined;
  wait(ms: number): void;
  stop(pid: number): void;
  goOn(pid: number): void;
}

interface ProcessorTime {
  all: number;
  system: number;
}

/**
 * Notices, in a thread of its own, what no event of a page tells: that the browser's thread is late, or that its memory
 * grows. Much of what a page can start in the browser (workers, storage, blobs, channels) has no event; but a page that
 * starts it without end keeps its process busy. So the process that takes the most of the processor meanwhile is stopped
 * until the browser has caught up, which `StrainWatch` sees to. The browser's thread itself would notice too late.
 *
 * A busy machine makes the browser late, and opening tabs makes it grow, without a fault of any page: a page is held only
 * where the browser's thread itself had much to do, and charged only for growth above what the browser needs by itself.
 */
export class StrainGuard {
  readonly #cells: StrainCells;
  readonly #system: System;
  readonly #growth = new Growth();
  #freeKiB = startFreeKiB;
  #pids: ReadonlySet<number> = new Set();
  #readings: [Reading, Reading] | [] = [];
  #charged: { rows: readonly Shares[]; most: number; at: number } | undefined;
  #looks = -1;
  #lookedAt: number;
  #browserTimeThen: number;
  #measuredAt: number;

  constructor(cells: StrainCells, system: System = linux) {
    this.#cells = cells;
    this.#system = system;
    this.#lookedAt = system.now();
    this.#browserTimeThen = system.browserTime();
    this.#measuredAt = this.#lookedAt;
  }

  /** Called every `strainLookMs`. */
  look(): void {
    const now = this.#system.now();
    this.#measureGrowth(now);
    if (this.#looks !== this.#cells.looks) {
      this.#looks = this.#cells.looks;
      this.#lookedAt = now;
      this.#browserTimeThen = this.#system.browserTime();
    }
    const isLate = now - this.#lookedAt > lateMs;
    if (!isLate && this.#growth.kib < noticedKiB) return;
    const { rows, browser } = this.#compare();
    const browserHasRun = this.#system.browserTime() - this.#browserTimeThen;
    const beside = isLate && browserHasRun >= farTooMuchToDo ? browser : 1;
    this.#charge(rows);
    const isBusy = Math.max(leastBusyShare, Math.min(busyShare, busyBesideBrowser * beside));
    const busiest = rows.reduce((most, each) => (each.all > most.all ? each : most), { row: -1, all: isBusy });
    const others = rows.filter(({ row }) => row !== busiest.row);
    const average = others.reduce((sum, { all }) => sum + all, 0) / Math.max(others.length, 1);
    const isCause =
      busiest.row >= 0 &&
      busiest.all >= standsOut * average &&
      (browserHasRun >= muchToDo || busiest.all >= mostOfMachine * this.#system.processors);
    if (isLate && isCause && this.#looks === this.#cells.looks) this.#stop(busiest.row);
  }

  #measureGrowth(now: number): void {
    const elapsedMs = now - this.#measuredAt;
    this.#measuredAt = now;
    this.#growth.measure(this.#system.privateKiB(), elapsedMs);
    if (this.#freeKiB < mostFreeKiB)
      this.#freeKiB = Math.min(mostFreeKiB, this.#freeKiB + (freeKiBPerSecond * elapsedMs) / 1000);
    if (this.#hasNewProcess()) this.#freeKiB = Math.min(startFreeKiB, this.#freeKiB + freeKiBOfProcess);
    this.#freeKiB -= this.#growth.take(this.#freeKiB);
  }

  #hasNewProcess(): boolean {
    const pids = Array.from({ length: this.#cells.rows }, (_, row) => this.#cells.pid(row));
    const hasNew = pids.some((pid) => pid !== 0 && !this.#pids.has(pid));
    this.#pids = new Set(pids);
    return hasNew;
  }

  /**
   * What the browser has grown by is shared out by the time that each process takes within the system. What one has sent
   * is worked off for a while, also when it is stopped: who takes much less than it took is not why.
   */
  #charge(all: readonly Shares[]): void {
    const grownKiB = this.#growth.take();
    const now = this.#system.now();
    const most = Math.max(...all.map(({ system }) => system), sendingShare);
    const sending = all.filter(({ system }) => system >= Math.max(sendingShare, chargedShare * most));
    const before = this.#charged && now - this.#charged.at <= aftermathMs ? this.#charged : undefined;
    const isBefore = before !== undefined && (sending.length === 0 || most < chargedShare * before.most);
    this.#charged = isBefore
      ? { ...before, at: now }
      : sending.length > 0
        ? { rows: sending, most, at: now }
        : undefined;
    if (!this.#charged) return;
    const { rows } = this.#charged;
    const sum = rows.reduce((sum, { system }) => sum + system, 0);
    for (const { row, pid, system } of rows) {
      if (this.#cells.pid(row) !== pid) continue;
      this.#cells.addGrowth(row, Math.round((grownKiB * system) / sum));
      if (this.#cells.growth(row) > mostUnnoticedKiB) this.#stop(row);
    }
  }

  #stop(row: number): void {
    const pid = this.#cells.pid(row);
    if (pid === 0) return;
    this.#system.stop(pid);
    this.#cells.setStopped(row);
    // The browser has given the row away meanwhile, and would not let this process go on.
    if (this.#cells.pid(row) !== pid) this.#system.goOn(pid);
  }

  /** What each process, and the browser's thread, takes of a processor. */
  #compare(): { rows: Shares[]; browser: number } {
    const { now, wait } = this.#system;
    let [earlier, later] = this.#readings;
    if (!earlier || now() - earlier.at > longestCompareMs) {
      earlier = this.#read();
      wait(firstCompareMs);
    } else if (later && now() - later.at >= compareMs) earlier = later;
    const latest = this.#read();
    if (earlier === later || !later || now() - later.at > longestCompareMs) later = latest;
    this.#readings = [earlier, later];
    const seconds = (latest.at - earlier.at) / 1000;
    const rows = [...latest.times].map(([pid, { row, all, system }]) => {
      const before = earlier.times.get(pid) ?? { all, system };
      return { row, pid, all: (all - before.all) / seconds, system: (system - before.system) / seconds };
    });
    return { rows, browser: (latest.browserTime - earlier.browserTime) / seconds };
  }

  #read(): Reading {
    const times = new Map<number, ProcessorTime & { row: number }>();
    for (let row = 0; row < this.#cells.rows; row++) {
      const pid = this.#cells.pid(row);
      const time = pid === 0 ? undefined : this.#system.processorTime(pid);
      if (time) times.set(pid, { row, ...time });
    }
    return { at: this.#system.now(), browserTime: this.#system.browserTime(), times };
  }
}

/** Processor time of the browser's thread, and of each process by its PID, at one moment. */
interface Reading {
  at: number;
  browserTime: number;
  times: Map<number, ProcessorTime & { row: number }>;
}

/** Of one processor, by one process. */
interface Shares extends ProcessorTime {
  row: number;
  pid: number;
}

/** Size of a page of memory. It is larger on some ARM64 systems, where less is charged then. */
const pageKiB = 4;
const pause = new Int32Array(new SharedArrayBuffer(4));

const timeIn = (stat: string): ProcessorTime => {
  const { cpuTicks, systemTicks } = parseStat(readFileSync(stat, 'utf8'));
  return { all: cpuTicks / ticksPerSecond, system: systemTicks / ticksPerSecond };
};

const linux: System = {
  now: () => performance.now(),
  privateKiB: () => {
    const [, resident = 0, shared = 0] = readFileSync('/proc/self/statm', 'utf8').split(' ').map(Number);
    return (resident - shared) * pageKiB;
  },
  // The first thread of a process has the process's number, and is the browser's.
  browserTime: () => timeIn(`/proc/self/task/${process.pid}/stat`).all,
  processors: availableParallelism(),
  processorTime: (pid) => {
    try {
      return timeIn(`/proc/${pid}/stat`);
    } catch {
      return undefined; // it has gone
    }
  },
  wait: (ms) => void Atomics.wait(pause, 0, 0, ms),
  stop: (pid) => void endProcess(pid, 'SIGSTOP'),
  goOn: (pid) => void endProcess(pid, 'SIGCONT'),
};
