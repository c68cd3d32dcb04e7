import { EventEmitter } from 'node:events';
import type { Fault, MatrixRun } from '@bulkhead/contracts';
import type { ProfileTroubles } from '../storage/files/profile-troubles.ts';
import type { DrillTarget } from './drill-target.ts';
import { MatrixFiles, toText } from './matrix-files.ts';

/** Witnesses beside a victim, and heartbeats (one a second) that each is watched for. */
const witnesses = 3;
const beats = 2;

/** The matrix as a page asks for it: one run at a time, shown live, saved when it ends. */
export class MatrixHost extends EventEmitter<{ changed: [MatrixRun] }> {
  readonly files: MatrixFiles;
  readonly #target: DrillTarget;
  #current: MatrixRun | null = null;
  #running: AbortController | undefined;
  /** The current run is one of cells that a person runs one by one. */
  #isByHand = false;

  constructor(target: DrillTarget, folder: string, troubles: ProfileTroubles) {
    super();
    this.#target = target;
    this.files = new MatrixFiles(folder, troubles);
  }

  /** The run that is under way, or the last one. */
  get current(): MatrixRun | null {
    return this.#current;
  }

  /** False when one is under way already. */
  start(faults: readonly Fault[] | null): boolean {
    if (this.#running) return false;
    this.#running = new AbortController();
    this.#run(faults, this.#running.signal)
      .catch((error) => console.error('bulkhead: the matrix broke off:', error))
      .finally(() => {
        this.#running = undefined;
      });
    return true;
  }

  /** A run as a text: the current one as it is shown, for it may not have been saved (the disk is full), or a saved one. */
  async export(id: string, format: 'json' | 'markdown'): Promise<string | null> {
    const run = this.#current?.id === id ? this.#current : await this.files.load(id);
    return run && toText(run, format);
  }

  stop(): void {
    this.#running?.abort();
  }

  async #run(faults: readonly Fault[] | null, signal: AbortSignal): Promise<void> {
    // Loaded when somebody wants it: most never do.
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
      await this.files.save(run).catch(() => undefined); // said
    } finally {
      // Now who reads that it has ended finds it among those that were saved.
      if (last) this.#tell(last);
    }
  }

  /**
   * Cells that are run one after the other by hand are one run. One that is run again begins another one with what the
   * others came to, so that both can be compared; and a run of all cells stays as it was saved, too.
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
