import { Worker } from 'node:worker_threads';
import type { Shell } from '../shell.ts';
import { cell, cellCount } from './gpu-guard-cells.ts';
import type { ServicePids } from './service-pids.ts';

const lookMs = 1000;

interface Options {
  services: ServicePids;
  shell: Shell;
  /** Of the guard's thread, absolute path. */
  script: string;
  /** Memory of `StrainCells`. */
  strain: SharedArrayBuffer;
  /** The guard could not be started, or has failed. */
  onMissing: (error: unknown) => void;
}

/**
 * Ends a GPU process that hangs: until then no window of the program shows anything new, and the browser's own thread may
 * wait for that process without end. So another thread finds the process and judges it; this side asks a busy one for a
 * pixel. Linux only: elsewhere other processes cannot be looked at.
 */
export class GpuWatch {
  readonly #shell: Shell;
  readonly #strain: SharedArrayBuffer;
  readonly #cells = new Int32Array(new SharedArrayBuffer(cellCount * Int32Array.BYTES_PER_ELEMENT));
  #guard: Worker | undefined;
  readonly #timer: NodeJS.Timeout | undefined;

  /** Starts the guard, which looks at the processes of pages, too. */
  constructor({ services, shell, script, strain, onMissing }: Options) {
    this.#shell = shell;
    this.#strain = strain;
    if (process.platform !== 'linux') return;
    const giveUp = (error: unknown) => {
      clearInterval(this.#timer);
      onMissing(error);
    };
    let known = 0;
    this.#timer = setInterval(() => {
      // Not while the first page is on its way.
      this.#guard ??= this.#startGuard(script, giveUp);
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

  /** Some failures to start a thread are thrown, others are events. */
  #startGuard(script: string, giveUp: (error: unknown) => void): Worker | undefined {
    try {
      const guard = new Worker(script, { workerData: { gpu: this.#cells.buffer, strain: this.#strain } });
      guard.on('error', giveUp);
      guard.unref();
      return guard;
    } catch (error) {
      giveUp(error);
      return undefined;
    }
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
