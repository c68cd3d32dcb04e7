/** Maximum number of page processes that the guard watches. */
const mostPages = 256;

/** Words before the rows. */
const word = { looks: 0 };
const firstRow = 1;

/**
 * Memory shared by the browser's thread and the guard's thread: facts about the processes of pages, in 32-bit words.
 */
export class StrainCells {
  readonly buffer: SharedArrayBuffer;
  readonly #words: Int32Array;

  constructor(buffer = new SharedArrayBuffer((firstRow + 4 * mostPages) * Int32Array.BYTES_PER_ELEMENT)) {
    this.buffer = buffer;
    this.#words = new Int32Array(buffer);
  }

  readonly rows = mostPages;

  /** Number of looks of the browser's thread. Written by the browser. */
  get looks(): number {
    return Atomics.load(this.#words, word.looks);
  }

  countLook(): void {
    Atomics.add(this.#words, word.looks, 1);
  }

  /** PID of a row's process, or 0. Written by the browser. */
  pid(row: number): number {
    return Atomics.load(this.#words, firstRow + row);
  }

  /** Gives the row to a process, or to none (0). Returns true when the guard has stopped its former process. */
  setPid(row: number, pid: number): boolean {
    Atomics.store(this.#words, firstRow + row, pid);
    this.takeGrowth(row);
    return this.takeStopped(row);
  }

  /** Growth of the browser process while this process was busy, KiB, not taken yet. Written by the guard. */
  growth(row: number): number {
    return Atomics.load(this.#words, firstRow + mostPages + row);
  }

  addGrowth(row: number, kib: number): void {
    Atomics.add(this.#words, firstRow + mostPages + row, kib);
  }

  takeGrowth(row: number): number {
    return Atomics.exchange(this.#words, firstRow + mostPages + row, 0);
  }

  /** The guard has stopped this process: the browser must continue it. */
  setStopped(row: number): void {
    Atomics.store(this.#words, firstRow + 2 * mostPages + row, 1);
  }

  takeStopped(row: number): boolean {
    return Atomics.exchange(this.#words, firstRow + 2 * mostPages + row, 0) === 1;
  }

  /** The process's page exceeds its budget, or did so recently. Written by the browser. */
  isSuspect(row: number): boolean {
    return Atomics.load(this.#words, firstRow + 3 * mostPages + row) === 1;
  }

  setSuspect(row: number, isSuspect: boolean): void {
    Atomics.store(this.#words, firstRow + 3 * mostPages + row, isSuspect ? 1 : 0);
  }
}
