import { openSync, readFileSync, readSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { processorTimeOf } from '@bulkhead/shared-memory/processor-time';
import { endProcess } from '../processes/end-process.ts';
import { parseStat, ticksPerSecond } from '../processes/proc.ts';
import { Growth } from './growth.ts';
import type { StrainCells } from './strain-cells.ts';
import { monotonicMs } from './strain-watch.ts';

/**
 * Time between requests for a look of the browser's thread, while it works, and delay of the look above which it is
 * late, ms.
 */
const askEachMs = 100;
const lateMs = 100;
/** Growth above which its cause is determined, and limit for one process before the browser has taken note, KiB. */
const noticedKiB = 2048;
const mostUnnoticedKiB = 4096;
/**
 * Shortest and longest time over which the processor times of pages are compared, ms. The system counts them in steps
 * of 10 ms. They are read at most once in `readEachMs`, and less often with more pages, so that the cost stays
 * negligible.
 */
const shortestCompareMs = 80;
const longestCompareMs = 1000;
const readEachMs = 50;
const readEachMsForPage = 4;
/**
 * Growth within this time after a process was charged is also charged to it, ms: the browser is still handling what it
 * sent.
 */
const aftermathMs = 2000;
/**
 * Share of one processor above which a process may be the cause of the delay, and factor by which it must exceed the
 * average of the others. Pages that all do the same are not the cause.
 */
const busyShare = 0.4;
const standsOut = 2;
/**
 * On a busy machine every process gets less. If the late browser's thread has used more processor time since its last
 * look (s) than it ever does by itself, this part of its share is enough, but at least `leastBusyShare`.
 */
const farTooMuchToDo = 0.5;
const busyBesideBrowser = 0.5;
const leastBusyShare = 0.1;
/** A process with a smaller share of system time sends nothing: it only computes, and is not charged. */
const sendingShare = 0.03;
/** A process is charged only if its share is at least this part of the largest sender's, present or last charged. */
const chargedShare = 0.5;
/**
 * A suspect is stopped and charged whenever it works while the browser works, until the browser has caught up.
 * Otherwise it could send for a long time before the browser is late or grows. It works if it takes this share of a
 * processor and has used this much time, s. A shorter time is enough once the browser has grown by `growingKiB`.
 */
const suspectShare = 0.1;
const suspectTime = 0.02;
const growingSuspectTime = 0.002;
const growingKiB = 1024;
/**
 * Growth that is charged to no page, KiB: the browser grows by itself when it starts, when its own work leaves garbage,
 * and with every process that it starts. First the allowance during the start, and its duration (ms). Then the maximum
 * allowance after that, and its refill per second while there is no suspect. A new process of a page adds to the
 * allowance, and that part expires within seconds.
 */
const startFreeKiB = 65_536;
const startMs = 5000;
const mostFreeKiB = 8192;
const freeKiBPerSecond = 200;
const freeKiBOfProcess = 8192;
const mostFreeOfProcessesKiB = 65_536;
const forfeitedKiBPerSecond = 6144;
/**
 * Processor time of the late browser's thread since its last look, s, above which it is late because it has much to do.
 * Below it the machine is busy, and a page is the cause only if it takes most of the machine.
 */
const muchToDo = 0.1;
const mostOfMachine = 0.75;

interface System {
  now(): number;
  /** Private memory of the browser process, KiB. */
  privateKiB(): number;
  /** Processor time of the browser's thread so far, s. */
  browserTime(): number;
  /** Number of processors of the machine. */
  processors: number;
  /** Processor time of a process so far, s, in total and within the system. Undefined when it has ended. */
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
 * Notices, in a thread of its own, trouble that causes no event of a page: the browser's thread is late, or its memory
 * grows. Many things that a page can start in the browser (workers, storage, blobs, channels) have no event, but a page
 * that starts them endlessly keeps its process busy. So the process that takes most of the processor meanwhile is
 * stopped until the browser has caught up, which `StrainWatch` decides. The browser's thread itself would notice too
 * late.
 *
 * A busy machine makes the browser late, and opening tabs makes it grow, without the fault of a page. So a page is
 * held only if the browser's thread itself had much to do, and is charged only for growth above the browser's own
 * needs.
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
  /**
   * The last request for a look: its time, and the looks and processor time (s) of the browser's thread at that moment.
   */
  #asked: { at: number; looks: number; browserTime: number };
  #measuredAt: number;

  /** `ask` requests a look of the browser's thread, which counts the look in `cells`. */
  constructor(cells: StrainCells, ask: (at: number) => void, system: System) {
    this.#cells = cells;
    this.#ask = ask;
    this.#system = system;
    this.#startedAt = system.now();
    this.#measuredAt = this.#startedAt;
    this.#asked = this.#askForLook();
  }

  /** True when there was a suspect at the last look. A suspect may send much in a short time. */
  get hasSuspects(): boolean {
    return this.#suspects.size > 0;
  }

  /** Called whenever the browser process has used some processor time. */
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

  /** Returns the suspects that have worked since the last look. */
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
   * Divides the growth of the browser among the processes, by their shares of system time. The browser handles for a
   * while what a process has sent, even if that process is already stopped. So for some seconds growth is still charged
   * to that process, unless another one takes about as much as it took.
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
    // The browser has reassigned the row meanwhile, and would not continue this process.
    if (this.#cells.pid(row) !== pid) this.#system.goOn(pid);
  }

  /** Returns the shares of a processor that each process and the browser's thread take. */
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

/** Processor time of the browser's thread, and of each process by PID, at one moment. */
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

/** Shares of one processor that one process takes. */
interface Shares extends ProcessorTime {
  row: number;
  pid: number;
}

/** Size of a memory page. It is larger on some ARM64 systems, where less is charged then. */
const pageKiB = 4;
const pause = new Int32Array(new SharedArrayBuffer(4));

/** /proc counts in steps of 10 ms, so the process's own clock is better for `all`. */
const timeIn = (stat: string): ProcessorTime => {
  const { cpuTicks, systemTicks } = parseStat(stat);
  return { all: cpuTicks / ticksPerSecond, system: systemTicks / ticksPerSecond };
};

/** Opens a file of /proc once, so that it can be read repeatedly even when no descriptor is left. */
function kept(file: string): () => string {
  const fd = openSync(file, 'r');
  const bytes = Buffer.alloc(1024);
  return () => bytes.toString('utf8', 0, readSync(fd, bytes, 0, bytes.length, 0));
}

/** Opens the files of the browser process itself. Throws when that fails. */
export const linuxSystem = (): System => {
  const memory = kept('/proc/self/statm');
  // The first thread of a process has the PID as its thread id. It is the browser's thread.
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
        return undefined; // it has ended
      }
    },
    wait: (ms) => void Atomics.wait(pause, 0, 0, ms),
    stop: (pid) => void endProcess(pid, 'SIGSTOP'),
    goOn: (pid) => void endProcess(pid, 'SIGCONT'),
  };
};
