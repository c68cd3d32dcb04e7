import { Worker } from 'node:worker_threads';
import { ThreadEnd } from './thread-end.ts';

/** `workerData` of a helper thread. */
export interface HelperData<Data> {
  data: Data;
  /** Memory of its `ThreadEnd`. */
  end: SharedArrayBuffer;
}

/** Size of a helper thread's young generation, MiB. The thread allocates little, and may wait for the collector. */
const maxYoungGenerationSizeMb = 1;

/** Longest that the browser waits at its end for a helper thread, ms. */
const endMs = 200;

/**
 * A thread of the browser process for what the browser's own thread cannot do: that one may wait for a process without
 * end, or be busy with what a page sends. Linux only: elsewhere other processes cannot be looked at.
 *
 * It ends by itself when it is asked to (`ThreadEnd`). The runtime would end it anywhere. Ended within a call of the C
 * library, a thread takes the whole process with it (SIGABRT, "napi_throw").
 */
export class HelperThread<Data> {
  readonly #worker: Worker | undefined;
  readonly #end = new ThreadEnd();
  readonly #wake: () => void;
  #why: { error: unknown } | undefined;
  #say: (error: unknown) => void = () => undefined;

  /**
   * `script`: what the thread runs, absolute path; `data`: memory of both threads; `wake`: has it look whether it is to
   * end. Some failures to start a thread are thrown, others are events.
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
    // A listener makes the thread keep the process alive.
    this.#worker?.unref();
  }

  /** Waits until it has ended. Uses processor time meanwhile, because nothing else ends a sleep on processor time. */
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
