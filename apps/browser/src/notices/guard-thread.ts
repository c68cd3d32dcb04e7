import { Worker } from 'node:worker_threads';
import { StrainCells } from '../page-events/strain-cells.ts';
import { cell, cellCount } from './process-guard-cells.ts';

/**
 * The guard: a thread that lets stopped processes go on and ends a GPU process that hangs. The browser's own thread cannot
 * do that, because it may wait for such a process without end, from its first renderer on: so this is made before the
 * application is ready. Linux only: elsewhere other processes cannot be looked at.
 */
export class GuardThread {
  /** Shared with the thread, as are the cells of `strain`. */
  readonly cells = new Int32Array(new SharedArrayBuffer(cellCount * Int32Array.BYTES_PER_ELEMENT));
  readonly strain = new StrainCells();
  readonly #worker: Worker | undefined;
  #why: { error: unknown } | undefined;
  #say: (error: unknown) => void = () => undefined;

  /** `script`: what the thread runs, absolute path. Some failures to start a thread are thrown, others are events. */
  constructor(script: string) {
    if (process.platform !== 'linux') return;
    try {
      this.#worker = new Worker(script, {
        workerData: { processes: this.cells.buffer, strain: this.strain.buffer },
      });
      this.#worker.on('error', (error) => this.#fail(error));
      this.#worker.unref();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Calls `say` when the thread could not be started, or fails later. */
  whenMissing(say: (error: unknown) => void): void {
    this.#say = say;
    if (this.#why) say(this.#why.error);
  }

  /** From now on the thread also looks for pages that strain the browser. The start of the program is no page's doing. */
  watchPages(): void {
    Atomics.store(this.cells, cell.watchesPages, 1);
  }

  dispose(): void {
    void this.#worker?.terminate();
  }

  #fail(error: unknown): void {
    this.#why ??= { error };
    this.#say(error);
  }
}
