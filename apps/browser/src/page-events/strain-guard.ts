import { readFileSync } from 'node:fs';
import { endProcess } from '../end-process.ts';
import { parseStat, ticksPerSecond } from '../processes/proc.ts';
import { Growth } from './growth.ts';
import type { StrainCells } from './strain-cells.ts';
import { strainLookMs } from './strain-watch.ts';

/** The browser's thread is late when it has not looked for so long, ms. */
const lateMs = strainLookMs + 100;
/** Growth that is worth asking whose it is, KiB; and what a process may cause before the browser has taken note. */
const noticedKiB = 2048;
const mostUnnoticedKiB = 8192;
/** How long the processor time of pages is compared, ms. */
const compareMs = 80;
/** Share of one processor from which on a process may be why the browser grows, or is late. */
const busyShare = 0.2;

interface System {
  now(): number;
  /** Memory of the browser process, KiB. */
  residentKiB(): number;
  /** Processor time of a process so far, s; undefined when it has gone. */
  processorSeconds(pid: number): number | undefined;
  wait(ms: number): void;
  stop(pid: number): void;
  goOn(pid: number): void;
}

/**
 * Notices, in a thread of its own, what no event of a page tells: that the browser's thread is late, or that its memory
 * grows. Much of what a page can start in the browser (workers, storage, blobs, channels) has no event; but a page that
 * starts it without end keeps its process busy. So the process that takes the most of the processor meanwhile is stopped
 * until the browser has caught up, which `StrainWatch` sees to. The browser's thread itself would notice too late.
 */
export class StrainGuard {
  readonly #cells: StrainCells;
  readonly #system: System;
  readonly #growth = new Growth();
  #looks = -1;
  #lookedAt: number;
  #measuredAt: number;

  constructor(cells: StrainCells, system: System = linux) {
    this.#cells = cells;
    this.#system = system;
    this.#lookedAt = system.now();
    this.#measuredAt = this.#lookedAt;
  }

  /** Called every `strainLookMs`. */
  look(): void {
    const now = this.#system.now();
    this.#growth.measure(this.#system.residentKiB(), now - this.#measuredAt);
    this.#measuredAt = now;
    if (this.#looks !== this.#cells.looks) {
      this.#looks = this.#cells.looks;
      this.#lookedAt = now;
    }
    const isLate = now - this.#lookedAt > lateMs;
    if (!isLate && this.#growth.kib < noticedKiB) return;
    const busy = this.#busyRows();
    this.#charge(busy);
    const [busiest] = busy;
    if (isLate && busiest && this.#looks === this.#cells.looks) this.#stop(busiest.row);
  }

  /** What the browser has grown by is shared out by the processor time that each process takes. */
  #charge(busy: readonly BusyRow[]): void {
    const grownKiB = this.#growth.take();
    const all = busy.reduce((sum, { share }) => sum + share, 0);
    for (const { row, share } of busy) {
      this.#cells.addGrowth(row, Math.round((grownKiB * share) / all));
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

  /** Rows whose process takes much of a processor, the busiest first. */
  #busyRows(): BusyRow[] {
    const { now, processorSeconds, wait } = this.#system;
    const before: { row: number; pid: number; seconds: number }[] = [];
    for (let row = 0; row < this.#cells.rows; row++) {
      const pid = this.#cells.pid(row);
      const seconds = pid === 0 ? undefined : processorSeconds(pid);
      if (seconds !== undefined) before.push({ row, pid, seconds });
    }
    const since = now();
    wait(compareMs);
    const elapsed = (now() - since) / 1000;
    return before
      .map(({ row, pid, seconds }) => ({ row, share: ((processorSeconds(pid) ?? seconds) - seconds) / elapsed }))
      .filter(({ share }) => share >= busyShare)
      .sort((one, other) => other.share - one.share);
  }
}

interface BusyRow {
  row: number;
  /** Of one processor. */
  share: number;
}

const pause = new Int32Array(new SharedArrayBuffer(4));

const linux: System = {
  now: () => performance.now(),
  residentKiB: () => process.memoryUsage.rss() / 1024,
  processorSeconds: (pid) => {
    try {
      return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8')).cpuTicks / ticksPerSecond;
    } catch {
      return undefined; // it has gone
    }
  },
  wait: (ms) => void Atomics.wait(pause, 0, 0, ms),
  stop: (pid) => void endProcess(pid, 'SIGSTOP'),
  goOn: (pid) => void endProcess(pid, 'SIGCONT'),
};
