import { openSync, readFileSync, readSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { processorTimeOf } from '@bulkhead/shared-memory/processor-time';
import { endProcess } from '../../processes/end-process.ts';
import { parseStat, ticksPerSecond } from '../../processes/proc.ts';
import { Growth } from './growth.ts';
import type { StrainCells } from './strain-cells.ts';
import { monotonicMs } from './strain-watch.ts';

/** How often the browser's thread is asked for a look while it works, ms, and how long it may take before it is late. */
const askEachMs = 100;
const lateMs = 100;
/** Growth that is worth asking whose it is, KiB; and what a process may cause before the browser has taken note. */
const noticedKiB = 2048;
const mostUnnoticedKiB = 4096;
/**
 * How long the processor time of pages is compared, ms, at least and at most. The system counts it in steps of 10 ms. It
 * is read at most that often, and so much less often for each page, that this costs next to nothing.
 */
const shortestCompareMs = 80;
const longestCompareMs = 1000;
const readEachMs = 50;
const readEachMsForPage = 4;
/** Growth within this time after a process was charged is charged to it as well, ms: the browser works off what it sent. */
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
/** A process that takes less than this share within the system sends nothing: it only computes, and is not charged. */
const sendingShare = 0.03;
/** A process is charged only if it takes at least this part of what the process that sends the most takes, or took. */
const chargedShare = 0.5;
/**
 * A suspect is stopped and charged whenever it works while the browser works, until the browser has caught up. Else it
 * would send for a long time before the browser is late or grows. It works if it takes this share of a processor, and has
 * taken so much time, s; less is enough once the browser has grown by so much, KiB.
 */
const suspectShare = 0.1;
const suspectTime = 0.02;
const growingSuspectTime = 0.002;
const growingKiB = 1024;
/**
 * Growth that nobody is charged, KiB: the browser grows by itself when it starts, when its own work leaves garbage, and
 * with every process that it starts. First what is free during the start, and for how long (ms); then the most that is
 * free later, and what comes back in a second while there is no suspect. A new process of a page adds some, which
 * expires within seconds.
 */
const startFreeKiB = 65_536;
const startMs = 5000;
const mostFreeKiB = 8192;
const freeKiBPerSecond = 200;
const freeKiBOfProcess = 8192;
const mostFreeOfProcessesKiB = 65_536;
const forfeitedKiBPerSecond = 6144;
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
  readonly #ask: (at: number) => void;
  readonly #system: System;
  readonly #growth = new Growth();
  readonly #startedAt: number;
  readonly #suspects = new Map<number, Suspect>();
  #freeKiB = startFreeKiB;
  #freeOfProcessesKiB = 0;
  #pids: ReadonlySet<number> = new Set();
  #readings: Reading[] = [];
  #charged: { rows: readonly Shares[]; most: number; at: number } | undefined;
  /** The browser's thread was asked for a look then, when it had looked so often and used so much time, s. */
  #asked: { at: number; looks: number; browserTime: number };
  #measuredAt: number;

  /** `ask` asks the browser's thread for a look, which is then to be counted in `cells`. */
  constructor(cells: StrainCells, ask: (at: number) => void, system: System) {
    this.#cells = cells;
    this.#ask = ask;
    this.#system = system;
    this.#startedAt = system.now();
    this.#measuredAt = this.#startedAt;
    this.#asked = this.#askForLook();
  }

  /** There was a suspect at the last look: it may send much in a short time. */
  get hasSuspects(): boolean {
    return this.#suspects.size > 0;
  }

  /** Called whenever the browser process has worked for a moment. */
  look(): void {
    const now = this.#system.now();
    this.#measureGrowth(now);
    this.#keepReading(now);
    const atWork = this.#suspectsAtWork(now);
    if (atWork.length > 0) {
      this.#chargeAll(atWork);
      return;
    }
    if (this.#hasLooked && now - this.#asked.at >= askEachMs) this.#asked = this.#askForLook();
    const isLate = !this.#hasLooked && now - this.#asked.at > lateMs;
    if (isLate || this.#growth.kib >= noticedKiB) this.#judge(isLate);
  }

  get #hasLooked(): boolean {
    return this.#cells.looks !== this.#asked.looks;
  }

  #askForLook() {
    const asked = { at: this.#system.now(), looks: this.#cells.looks, browserTime: this.#system.browserTime() };
    this.#ask(asked.at);
    return asked;
  }

  #judge(isLate: boolean): void {
    const { rows, browser } = this.#compare();
    const browserHasRun = this.#system.browserTime() - this.#asked.browserTime;
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
    if (isLate && isCause && !this.#hasLooked) this.#stop(busiest.row);
  }

  #measureGrowth(now: number): void {
    const elapsedMs = now - this.#measuredAt;
    this.#measuredAt = now;
    this.#growth.measure(this.#system.privateKiB(), elapsedMs, this.hasSuspects);
    const most = now - this.#startedAt < startMs ? startFreeKiB : mostFreeKiB;
    const filled = this.hasSuspects ? 0 : (freeKiBPerSecond * elapsedMs) / 1000;
    this.#freeKiB = Math.min(most, this.#freeKiB + filled);
    const forfeited = (forfeitedKiBPerSecond * elapsedMs) / 1000;
    this.#freeOfProcessesKiB = Math.min(
      mostFreeOfProcessesKiB,
      Math.max(0, this.#freeOfProcessesKiB - forfeited) + freeKiBOfProcess * this.#countNewProcesses(),
    );
    this.#freeKiB -= this.#growth.take(this.#freeKiB);
    this.#freeOfProcessesKiB -= this.#growth.take(this.#freeOfProcessesKiB);
  }

  #countNewProcesses(): number {
    const pids = Array.from({ length: this.#cells.rows }, (_, row) => this.#cells.pid(row));
    const count = pids.filter((pid) => pid !== 0 && !this.#pids.has(pid)).length;
    this.#pids = new Set(pids);
    return count;
  }

  /** The suspects that have worked since the last look. */
  #suspectsAtWork(now: number): Shares[] {
    const atWork: Shares[] = [];
    const leastTime = this.#growth.kib >= growingKiB ? growingSuspectTime : suspectTime;
    for (let row = 0; row < this.#cells.rows; row++) {
      const pid = this.#cells.isSuspect(row) ? this.#cells.pid(row) : 0;
      const before = this.#suspects.get(row);
      const time = pid === 0 ? undefined : this.#system.processorTime(pid);
      if (!time) {
        if (before) this.#suspects.delete(row);
        continue;
      }
      if (before?.pid !== pid) {
        this.#suspects.set(row, { pid, at: now, ...time });
        continue;
      }
      const used = time.all - before.all;
      const seconds = (now - before.at) / 1000;
      if (used < leastTime && seconds < longestCompareMs / 1000) continue;
      this.#suspects.set(row, { pid, at: now, ...time });
      if (used < Math.max(leastTime, suspectShare * seconds)) continue;
      const [all, system] = [(time.all - before.all) / seconds, (time.system - before.system) / seconds];
      atWork.push({ row, pid, all, system });
    }
    if (atWork.length > 0)
      this.#charged = { rows: atWork, most: Math.max(...atWork.map(({ system }) => system)), at: now };
    return atWork;
  }

  #chargeAll(rows: readonly Shares[]): void {
    const kib = Math.round(this.#growth.take() / rows.length);
    for (const { row } of rows) {
      this.#cells.addGrowth(row, kib);
      this.#stop(row);
    }
  }

  /**
   * Divides the growth of the browser among the processes, by the time that each of them takes within the system. The
   * browser works for a while on what a process has sent, even if that is stopped by then. So for some seconds growth is
   * still charged to that process, unless another one takes about as much as it took.
   */
  #charge(all: readonly Shares[]): void {
    const grownKiB = this.#growth.take();
    if (grownKiB === 0) return;
    const now = this.#system.now();
    const before = this.#charged && now - this.#charged.at <= aftermathMs ? this.#charged : undefined;
    const most = Math.max(...all.map(({ system }) => system), before?.most ?? 0);
    const sending = all.filter(({ system }) => system >= Math.max(sendingShare, chargedShare * most));
    this.#charged = sending.length > 0 ? { rows: sending, most, at: now } : before && { ...before, at: now };
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
    // Only the browser's thread continues the process, so ask it for another look.
    if (this.#hasLooked) this.#asked = this.#askForLook();
    // The browser has given the row away meanwhile, and would not let this process go on.
    if (this.#cells.pid(row) !== pid) this.#system.goOn(pid);
  }

  /** What each process, and the browser's thread, takes of a processor. */
  #compare(): { rows: Shares[]; browser: number } {
    const { now, wait } = this.#system;
    let [earlier] = this.#readings;
    if (!earlier || now() - earlier.at < shortestCompareMs) {
      earlier ??= this.#read();
      wait(shortestCompareMs);
    }
    const latest = this.#read();
    const seconds = (latest.at - earlier.at) / 1000;
    const rows = [...latest.times].map(([pid, { row, all, system }]) => {
      const before = earlier.times.get(pid) ?? { all, system };
      return { row, pid, all: (all - before.all) / seconds, system: (system - before.system) / seconds };
    });
    return { rows, browser: (latest.browserTime - earlier.browserTime) / seconds };
  }

  #keepReading(now: number): void {
    this.#readings = this.#readings.filter(({ at }) => now - at <= longestCompareMs);
    const last = this.#readings.at(-1);
    if (!last || now - last.at >= Math.max(readEachMs, readEachMsForPage * last.times.size))
      this.#readings.push(this.#read());
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

/** Processor time of a suspect at the last look. */
interface Suspect extends ProcessorTime {
  pid: number;
  at: number;
}

/** Of one processor, by one process. */
interface Shares extends ProcessorTime {
  row: number;
  pid: number;
}

/** Size of a page of memory. It is larger on some ARM64 systems, where less is charged then. */
const pageKiB = 4;
const pause = new Int32Array(new SharedArrayBuffer(4));

/** /proc counts in steps of 10 ms: `all` is better had from the clock of the process. */
const timeIn = (stat: string): ProcessorTime => {
  const { cpuTicks, systemTicks } = parseStat(stat);
  return { all: cpuTicks / ticksPerSecond, system: systemTicks / ticksPerSecond };
};

/** Reads a file of /proc again and again, also when no descriptor is left to open it. */
function kept(file: string): () => string {
  const fd = openSync(file, 'r');
  const bytes = Buffer.alloc(1024);
  return () => bytes.toString('utf8', 0, readSync(fd, bytes, 0, bytes.length, 0));
}

/** Opens what is read of the browser process itself; throws where that cannot be. */
export const linuxSystem = (): System => {
  const memory = kept('/proc/self/statm');
  // The first thread of a process has the process's number, and is the browser's.
  const browser = kept(`/proc/self/task/${process.pid}/stat`);
  return {
    now: monotonicMs,
    privateKiB: () => {
      const [, resident = 0, shared = 0] = memory().split(' ').map(Number);
      return (resident - shared) * pageKiB;
    },
    browserTime: () => timeIn(browser()).all,
    processors: availableParallelism(),
    processorTime: (pid) => {
      try {
        const time = timeIn(readFileSync(`/proc/${pid}/stat`, 'utf8'));
        return { ...time, all: processorTimeOf(pid) ?? time.all };
      } catch {
        return undefined; // it has gone
      }
    },
    wait: (ms) => void Atomics.wait(pause, 0, 0, ms),
    stop: (pid) => void endProcess(pid, 'SIGSTOP'),
    goOn: (pid) => void endProcess(pid, 'SIGCONT'),
  };
};
