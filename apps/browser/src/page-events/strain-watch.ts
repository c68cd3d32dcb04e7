import { endProcess } from '../processes/end-process.ts';
import { HelperThread } from '../processes/helper-thread.ts';
import { StrainCells } from './strain-cells.ts';

/** Delay before the guard starts, ms: no page causes the strain of the browser's start. */
const startMs = 1000;
/** Time between looks of the browser's thread while a page waits for it to catch up, ms. */
const lookMs = 100;
/** Longest delay of a look that counts as caught up, ms. */
const onTimeMs = 50;
/** Longest time to hold a page at once, ms. The machine may be busy with something else. */
const longestHoldMs = 1000;

/** A page that can be held. */
export interface StrainingPage {
  /** Its process. Null while it has none that may be stopped. */
  readonly pid: number | null;
  /** It exceeds its budget, did so recently, or is about to. */
  readonly isSuspect: boolean;
  holdForStrain(): void;
  endStrain(): void;
  /** Charges the time that the browser's thread was late while the page was held, s. */
  chargeLateness(seconds: number): void;
  /** Charges growth of the browser process while the page's process was busy, MiB. */
  chargeGrowth(mib: number): void;
}

interface Options {
  cells?: StrainCells;
  pages: () => readonly StrainingPage[];
  now?: () => number;
  /** Continues a stopped process that no longer belongs to a page. */
  goOn?: (pid: number) => void;
}

/** Returns a time that is the same in every thread, ms. */
export const monotonicMs = () => Number(process.hrtime.bigint()) / 1e6;

const continueProcess = (pid: number) => void endProcess(pid, 'SIGCONT');

/** The browser's side of `StrainGuard`: tells it the present processes, and acts on its findings. */
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

  /** `script`: absolute path of the guard thread's code. `onMissing` is called when there is no guard. */
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

  /** `dueAt`: the time for which the look was requested or planned. */
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
    // The guard sleeps while the browser is idle, and would not ask again.
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
      // The page has moved to another process. This one may still serve subframes.
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

  /** Assigns rows. A process keeps its row as long as a page runs in it. */
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
