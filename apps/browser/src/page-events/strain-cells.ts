/** Processes of pages that the guard looks at. */
const mostPages = 256;

/**
 * What the browser's thread and the guard's tell each other about the processes of pages, in 32-bit words: a count of
 * the browser's looks, then a row for each process.
 */
export class StrainCells {
  readonly buffer: SharedArrayBuffer;
  readonly #words: Int32Array;

  constructor(buffer = new SharedArrayBuffer((1 + 3 * mostPages) * Int32Array.BYTES_PER_ELEMENT)) {
    this.buffer = buffer;
    this.#words = new Int32Array(buffer);
  }

  readonly rows = mostPages;

  /** How often the browser's thread has looked. Written by the browser. */
  get looks(): number {
    return Atomics.load(this.#words, 0);
  }

  countLook(): void {
    Atomics.add(this.#words, 0, 1);
  }

  /** Process of a row; 0 while it has none. Written by the browser. */
  pid(row: number): number {
    return Atomics.load(this.#words, 1 + row);
  }

  /** Gives the row to a process, or to none (0). True when the guard has stopped the one that had it. */
  setPid(row: number, pid: number): boolean {
    Atomics.store(this.#words, 1 + row, pid);
    this.takeGrowth(row);
    return this.takeStopped(row);
  }

  /** What the browser process has grown by while this process was busy, KiB, and nobody has taken. Written by the guard. */
  growth(row: number): number {
    return Atomics.load(this.#words, 1 + mostPages + row);
  }

  addGrowth(row: number, kib: number): void {
    Atomics.add(this.#words, 1 + mostPages + row, kib);
  }

  takeGrowth(row: number): number {
    return Atomics.exchange(this.#words, 1 + mostPages + row, 0);
  }

  /** The guard has stopped this process: the browser has to let it go on. */
  setStopped(row: number): void {
    Atomics.store(this.#words, 1 + 2 * mostPages + row, 1);
  }

  takeStopped(row: number): boolean {
    return Atomics.exchange(this.#words, 1 + 2 * mostPages + row, 0) === 1;
  }
}
