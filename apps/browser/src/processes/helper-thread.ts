import { Worker } from 'node:worker_threads';
import { ThreadEnd } from './thread-end.ts';

/** `workerData` of a helper thread. */
export interface HelperData<Data> {
  data: Data;
  /** Memory of the thread's `ThreadEnd`. */
  end: SharedArrayBuffer;
}

/**
 * Size of a helper thread's young generation, MiB. The thread allocates little, and may wait for the garbage collector.
 */
const maxYoungGenerationSizeMb = 1;

/** Longest wait for a helper thread at shutdown, ms. */
const endMs = 200;

/**
 * A thread of the browser process for work that the browser's own thread cannot do, because that thread may block on a
 * process, or be busy with messages of a page. Linux only: other systems do not let a process inspect others.
 *
 * The thread ends itself on request (`ThreadEnd`). Node would end it at any point. A thread that is ended within a
 * call of the C library takes the whole process with it (SIGABRT, "napi_throw").
 */
export class HelperThread<Data> {
  readonly #worker: Worker | undefined;
  readonly #end = new ThreadEnd();
  readonly #wake: () => void;
  #why: { error: unknown } | undefined;
  #say: (error: unknown) => void = () => undefined;

  /**
   * `script`: absolute path of the thread's code. `data`: memory of both threads. `wake`: makes the thread check
   * whether it should end. Some failures to start a thread are thrown, others are events.
   */
  constructor(script: string, data: Data, wake: () => void = () => undefined) {
    this.#wake = wake;
    if (process.platform !== 'linux') return;
    try {
      const workerData: HelperData<Data> = { data, end: this.#end.buffer };
      this.#worker = new Worker(script, { workerData, resourceLimits: { maxYoungGenerationSizeMb } });
      this.#worker.on('error', (error) => this.#fail(error));
      this.#worker.unref();
      process.once('exit', () => this.end());
    } catch (error) {
      this.#fail(error);
    }
  }

  get isMissing(): boolean {
    return this.#worker === undefined || this.#why !== undefined;
  }

  /** Calls `say` when the thread could not be started, or fails later. */
  whenMissing(say: (error: unknown) => void): void {
    this.#say = say;
    if (this.#why) say(this.#why.error);
  }

  onMessage(listener: (message: unknown) => void): void {
    this.#worker?.on('message', listener);
    // Adding a listener makes the thread keep the process alive again.
    this.#worker?.unref();
  }

  /** Waits until the thread has ended. Spins, because the thread may sleep on the processor time of this process. */
  end(): void {
    if (this.isMissing) return;
    this.#end.ask();
    this.#wake();
    const latest = performance.now() + endMs;
    while (!this.#end.isTold && performance.now() < latest);
  }

  #fail(error: unknown): void {
    this.#why ??= { error };
    this.#say(error);
  }
}
