const runs = 0;
const isAsked = 1;
const hasEnded = 2;

/** A word shared by a thread and its helper thread. It requests the helper's end, and confirms it. */
export class ThreadEnd {
  readonly buffer: SharedArrayBuffer;
  readonly #word: Int32Array;

  constructor(buffer = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
    this.buffer = buffer;
    this.#word = new Int32Array(buffer);
  }

  ask(): void {
    Atomics.compareExchange(this.#word, 0, runs, isAsked);
  }

  get isAsked(): boolean {
    return Atomics.load(this.#word, 0) !== runs;
  }

  /** Confirms the end: the helper calls no function of the C library from now on. */
  tell(): void {
    Atomics.store(this.#word, 0, hasEnded);
  }

  get isTold(): boolean {
    return Atomics.load(this.#word, 0) === hasEnded;
  }
}
