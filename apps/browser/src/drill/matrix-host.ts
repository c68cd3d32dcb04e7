import { EventEmitter } from 'node:events';
import type { Fault, MatrixRun } from '@bulkhead/contracts';
import { log } from '../log/log.ts';
import type { ProfileTroubles } from '../storage/files/profile-troubles.ts';
import type { DrillTarget } from './drill-target.ts';
import { MatrixFiles, toText } from './matrix-files.ts';

/** Number of witnesses beside a victim, and of heartbeats (one a second) that each is watched for. */
const witnesses = 3;
const beats = 2;

/** The matrix for the isolation page: one run at a time, shown live, saved at its end. */
export class MatrixHost extends EventEmitter<{ changed: [MatrixRun] }> {
  readonly files: MatrixFiles;
  readonly #target: DrillTarget;
  #current: MatrixRun | null = null;
  #running: AbortController | undefined;
  /** True if the user runs the cells of the current run one by one. */
  #isByHand = false;

  constructor(target: DrillTarget, folder: string, troubles: ProfileTroubles) {
    super();
    this.#target = target;
    this.files = new MatrixFiles(folder, troubles);
  }

  /** The present run, or the last one; null before the first. */
  get current(): MatrixRun | null {
    return this.#current;
  }

  /** Starts a run. Returns false if one is already running. */
  start(faults: readonly Fault[] | null): boolean {
    if (this.#running) return false;
    this.#running = new AbortController();
    this.#run(faults, this.#running.signal)
      .catch((error) => log.error('the matrix failed:', error))
      .finally(() => {
        this.#running = undefined;
      });
    return true;
  }

  /**
   * Returns a run as text; null if there is none. The current run comes from memory: it may not be saved, for example
   * on a full disk.
   */
  async export(id: string, format: 'json' | 'markdown'): Promise<string | null> {
    const run = this.#current?.id === id ? this.#current : await this.files.load(id);
    return run && toText(run, format);
  }

  stop(): void {
    this.#running?.abort();
  }

  async #run(faults: readonly Fault[] | null, signal: AbortSignal): Promise<void> {
    // Load this only for a run: most sessions never need it.
    const { Matrix, runId } = await import('./matrix.ts');
    const matrix = new Matrix(this.#target);
    const from = faults ? this.#toGoOnWith(faults, runId) : undefined;
    this.#isByHand = faults !== null;
    let last: MatrixRun | undefined;
    matrix.on('changed', (run) => {
      last = run;
      if (run.endedAt === null) this.#tell(run);
    });
    try {
      const run = await matrix.run({ faults, witnesses, beats, signal, from });
      await this.files.save(run).catch(() => undefined); // `save` has reported it
    } finally {
      // Announce the end after saving, so that readers can load the run.
      if (last) this.#tell(last);
    }
  }

  /**
   * Returns the run that these cells continue; undefined for a new run. Cells that the user runs one by one belong to
   * one run. If a cell runs a second time, a copy of the run with the results of the other cells begins, so that both
   * can be compared. A saved run of all cells stays unchanged in the same way.
   */
  #toGoOnWith(faults: readonly Fault[], runId: (startedAt: number) => string): MatrixRun | undefined {
    const current = this.#current;
    if (!current) return undefined;
    const isNew = current.cells.every(({ fault, state }) => !faults.includes(fault) || state === 'not-run');
    if (this.#isByHand && isNew) return current;
    const startedAt = Date.now();
    return { ...current, id: runId(startedAt), startedAt };
  }

  #tell(run: MatrixRun): void {
    this.#current = run;
    this.emit('changed', run);
  }
}
