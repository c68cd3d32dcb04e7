import { EventEmitter } from 'node:events';
import type { Fault, MatrixRun } from '@bulkhead/contracts';
import type { Browser } from '../browser.ts';
import { MatrixFiles } from './matrix-files.ts';

/** Witnesses beside a victim, and heartbeats (one a second) that each is watched for. */
const witnesses = 3;
const beats = 2;

/** The matrix as a page asks for it: one run at a time, shown live, saved when it ends. */
export class MatrixHost extends EventEmitter<{ changed: [MatrixRun] }> {
  readonly files: MatrixFiles;
  readonly #browser: Browser;
  #current: MatrixRun | null = null;
  #running: AbortController | undefined;

  constructor(browser: Browser, folder: string) {
    super();
    this.#browser = browser;
    this.files = new MatrixFiles(folder);
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

  stop(): void {
    this.#running?.abort();
  }

  async #run(faults: readonly Fault[] | null, signal: AbortSignal): Promise<void> {
    // Loaded when somebody wants it: most never do.
    const { Matrix } = await import('./matrix.ts');
    const matrix = new Matrix(this.#browser);
    let last: MatrixRun | undefined;
    matrix.on('changed', (run) => {
      last = run;
      if (run.endedAt === null) this.#tell(run);
    });
    try {
      await this.files.save(await matrix.run({ faults, witnesses, beats, signal }));
    } finally {
      // Now who reads that it has ended finds it among those that were saved.
      if (last) this.#tell(last);
    }
  }

  #tell(run: MatrixRun): void {
    this.#current = run;
    this.emit('changed', run);
  }
}
