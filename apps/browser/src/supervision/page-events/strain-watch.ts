import { endProcess } from '../../processes/end-process.ts';
import { HelperThread } from '../../processes/helper-thread.ts';
import { StrainCells } from './strain-cells.ts';

/** The start of the program is no page's doing, ms. */
const startMs = 1000;
/** How often the browser's thread looks whether it has caught up, while a page waits for that, ms. */
const lookMs = 100;
/** The browser's thread has caught up when its look comes this late at most, ms. */
const onTimeMs = 50;
/** A page waits no longer than this at a time, ms: the machine may be busy with something else. */
const longestHoldMs = 1000;

/** A page that can be made to wait. */
export interface StrainingPage {
  /** Its process; null while it has none that may be stopped. */
  readonly pid: number | null;
  /** It is above its budget, or was not long ago, or is about to be. */
  readonly isSuspect: boolean;
  holdForStrain(): void;
  endStrain(): void;
  /** The browser's thread has been late for so long while the page was held for it, s. */
  chargeLateness(seconds: number): void;
  /** The browser process has grown by this much while the page's was busy, MiB. */
  chargeGrowth(mib: number): void;
}

interface Options {
  cells?: StrainCells;
  pages: () => readonly StrainingPage[];
  now?: () => number;
  /** Continues a process that has been stopped and no longer belongs to a page. */
  goOn?: (pid: number) => void;
}

/** The time that is the same in every thread, ms. */
export const monotonicMs = () => Number(process.hrtime.bigint()) / 1e6;

const continueProcess = (pid: number) => void endProcess(pid, 'SIGCONT');

/** The browser's side of `StrainGuard`: tells it which processes there are, and takes note of what it found and did. */
export class StrainWatch {
  readonly #cells: StrainCells;
  readonly #pages: () => readonly StrainingPage[];
  readonly #now: () => number;
  readonly #goOn: (pid: number) => void;
  readonly #rows = new Map<number, number>();
  readonly #held = new Map<StrainingPage, number>();
  #lookedAt = 0;
  #thread: HelperThread<SharedArrayBuffer> | undefined;
  #isOver = false;
  #again: NodeJS.Timeout | undefined;
  #starting: NodeJS.Timeout | undefined;

  constructor({ cells = new StrainCells(), pages, now = monotonicMs, goOn = continueProcess }: Options) {
    this.#cells = cells;
    this.#pages = pages;
    this.#now = now;
    this.#goOn = goOn;
  }

  /** `script`: what the guard's thread runs, absolute path. `onMissing` hears when there is no guard. */
  start(script: string, onMissing: (error: unknown) => void): void {
    if (process.platform !== 'linux') return;
    this.#starting = setTimeout(() => {
      const thread = new HelperThread(script, this.#cells.buffer);
      this.#thread = thread;
      thread.whenMissing((error) => {
        this.dispose();
        onMissing(error);
      });
      thread.onMessage((askedAt) => this.look(Number(askedAt)));
    }, startMs);
  }

  dispose(): void {
    clearTimeout(this.#starting);
    clearTimeout(this.#again);
    this.#isOver = true;
    this.#thread?.end();
    for (const page of this.#held.keys()) page.endStrain();
    this.#held.clear();
    // The guard may have stopped processes since the last look.
    for (const [pid, row] of this.#rows) if (this.#cells.takeStopped(row)) this.#goOn(pid);
  }

  /** `dueAt`: when this was asked for or planned. */
  look(dueAt: number): void {
    if (this.#isOver) return;
    const now = this.#now();
    const lateMs = now - Math.max(dueAt, this.#lookedAt);
    const isOnTime = lateMs < onTimeMs;
    this.#lookedAt = now;
    this.#cells.countLook();
    const pages = this.#byProcess();
    this.#takeNote(pages, now);
    for (const [page, since] of this.#held) {
      if (!isOnTime) page.chargeLateness(lateMs / 1000);
      if (since === now || (!isOnTime && now - since < longestHoldMs)) continue;
      this.#held.delete(page);
      page.endStrain();
    }
    this.#assignRows(pages);
    for (const [pid, row] of this.#rows)
      this.#cells.setSuspect(row, pages.get(pid)?.some(({ isSuspect }) => isSuspect) ?? false);
    clearTimeout(this.#again);
    // The guard sleeps while the browser rests, and would not ask again.
    if (this.#held.size > 0) this.#again = setTimeout(() => this.look(now + lookMs), lookMs);
  }

  #byProcess(): Map<number, StrainingPage[]> {
    const pages = new Map<number, StrainingPage[]>();
    for (const page of this.#pages()) {
      const { pid } = page;
      if (pid === null) continue;
      const inProcess = pages.get(pid);
      if (inProcess) inProcess.push(page);
      else pages.set(pid, [page]);
    }
    return pages;
  }

  #takeNote(pages: ReadonlyMap<number, readonly StrainingPage[]>, now: number): void {
    for (const [pid, row] of this.#rows) {
      const grownMiB = this.#cells.takeGrowth(row) / 1024;
      const stopped = this.#cells.takeStopped(row);
      const inProcess = pages.get(pid) ?? [];
      // Its page has gone to another process, and this one may serve frames.
      if (stopped && inProcess.length === 0) this.#goOn(pid);
      for (const page of inProcess) {
        if (stopped) {
          page.holdForStrain();
          this.#held.set(page, now);
        }
        if (grownMiB > 0) page.chargeGrowth(grownMiB);
      }
    }
  }

  /** A process keeps its row for as long as a page runs in it. */
  #assignRows(pages: ReadonlyMap<number, unknown>): void {
    for (const [pid, row] of this.#rows) {
      if (pages.has(pid)) continue;
      this.#rows.delete(pid);
      if (this.#cells.setPid(row, 0)) this.#goOn(pid);
    }
    const taken = new Set(this.#rows.values());
    let row = 0;
    for (const pid of pages.keys()) {
      if (this.#rows.has(pid)) continue;
      while (taken.has(row)) row += 1;
      if (row >= this.#cells.rows) return;
      taken.add(row);
      this.#rows.set(pid, row);
      this.#cells.setPid(row, pid);
    }
  }
}
