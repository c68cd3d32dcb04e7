import { Worker } from 'node:worker_threads';
import type { Shell } from '../shell.ts';
import { cell, cellCount } from './gpu-guard-cells.ts';
import type { ServicePids } from './service-pids.ts';

const lookMs = 1000;

/**
 * Ends a GPU process that hangs: until somebody does, no window of the program shows anything new, and the browser's own
 * thread may wait for it, for ever. So another thread finds it and is the judge; this side asks a busy one for a pixel.
 * Only on Linux, where processes can be looked at.
 */
export class GpuWatch {
  readonly #shell: Shell;
  readonly #cells = new Int32Array(new SharedArrayBuffer(cellCount * Int32Array.BYTES_PER_ELEMENT));
  #guard: Worker | undefined;
  readonly #timer: NodeJS.Timeout | undefined;

  /** `script`: of the guard's thread, absolute path. */
  constructor(services: ServicePids, shell: Shell, script: string) {
    this.#shell = shell;
    if (process.platform !== 'linux') return;
    let known = 0;
    this.#timer = setInterval(() => {
      // Not while the first page is on its way.
      this.#guard ??= this.#startGuard(script);
      const pid = Atomics.load(this.#cells, cell.pid);
      // When it dies the runtime does not say which it was.
      if (pid !== known) void services.find('gpu');
      known = pid;
      if (Atomics.load(this.#cells, cell.busy) === 1) void this.#ask();
    }, lookMs);
  }

  /** The process that was ended last because it hung; once. */
  takeHung(): number | undefined {
    return Atomics.exchange(this.#cells, cell.hung, 0) || undefined;
  }

  dispose(): void {
    clearInterval(this.#timer);
    void this.#guard?.terminate();
  }

  #startGuard(script: string): Worker {
    const guard = new Worker(script, { workerData: this.#cells.buffer });
    guard.on('error', (error) => console.error('bulkhead: the guard of the GPU process:', error.message));
    guard.unref();
    return guard;
  }

  /** A pixel of what is on the screen goes through the GPU process and no other. */
  async #ask(): Promise<void> {
    const contents = this.#shell.view?.webContents;
    if (!contents || contents.isDestroyed()) return;
    // That it says no is an answer, too.
    await contents.capturePage({ x: 0, y: 0, width: 1, height: 1 }).catch(() => undefined);
    Atomics.add(this.#cells, cell.answers, 1);
  }
}
