import { Worker } from 'node:worker_threads';

/**
 * A thread of the browser process for what the browser's own thread cannot do: that one may wait for a process without
 * end, or be busy with what a page sends. Linux only: elsewhere other processes cannot be looked at.
 */
export class HelperThread {
  readonly #worker: Worker | undefined;
  #why: { error: unknown } | undefined;
  #say: (error: unknown) => void = () => undefined;

  /**
   * `script`: what the thread runs, absolute path; `data`: memory of both threads. Some failures to start a thread are
   * thrown, others are events.
   */
  constructor(script: string, data: SharedArrayBuffer | Readonly<Record<string, SharedArrayBuffer>>) {
    if (process.platform !== 'linux') return;
    try {
      this.#worker = new Worker(script, { workerData: data });
      this.#worker.on('error', (error) => this.#fail(error));
      this.#worker.unref();
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

  async end(): Promise<void> {
    await this.#worker?.terminate();
  }

  #fail(error: unknown): void {
    this.#why ??= { error };
    this.#say(error);
  }
}
