/** Processes of pages that the guard looks at. */
const mostPages = 256;

/** Words before the rows. */
const word = { looks: 0 };
const firstRow = 1;

/** Shared memory of the browser's thread and the guard's thread: facts about the processes of pages, in 32-bit words. */
export class StrainCells {
  readonly buffer: SharedArrayBuffer;
  readonly #words: Int32Array;

  constructor(buffer = new SharedArrayBuffer((firstRow + 4 * mostPages) * Int32Array.BYTES_PER_ELEMENT)) {
    this.buffer = buffer;
    this.#words = new Int32Array(buffer);
  }

  readonly rows = mostPages;

  /** How often the browser's thread has looked. Written by the browser. */
  get looks(): number {
    return Atomics.load(this.#words, word.looks);
  }

  countLook(): void {
    Atomics.add(this.#words, word.looks, 1);
  }

  /** Process of a row; 0 while it has none. Written by the browser. */
  pid(row: number): number {
    return Atomics.load(this.#words, firstRow + row);
  }

  /** Gives the row to a process, or to none (0). True when the guard has stopped the one that had it. */
  setPid(row: number, pid: number): boolean {
    Atomics.store(this.#words, firstRow + row, pid);
    this.takeGrowth(row);
    return this.takeStopped(row);
  }

  /** What the browser process has grown by while this process was busy, KiB, and nobody has taken. Written by the guard. */
  growth(row: number): number {
    return Atomics.load(this.#words, firstRow + mostPages + row);
  }

  addGrowth(row: number, kib: number): void {
    Atomics.add(this.#words, firstRow + mostPages + row, kib);
  }

  takeGrowth(row: number): number {
    return Atomics.exchange(this.#words, firstRow + mostPages + row, 0);
  }

  /** The guard has stopped this process: the browser has to let it go on. */
  setStopped(row: number): void {
    Atomics.store(this.#words, firstRow + 2 * mostPages + row, 1);
  }

  takeStopped(row: number): boolean {
    return Atomics.exchange(this.#words, firstRow + 2 * mostPages + row, 0) === 1;
  }

  /** Its page is above its budget, or was not long ago. Written by the browser. */
  isSuspect(row: number): boolean {
    return Atomics.load(this.#words, firstRow + 3 * mostPages + row) === 1;
  }

  setSuspect(row: number, isSuspect: boolean): void {
    Atomics.store(this.#words, firstRow + 3 * mostPages + row, isSuspect ? 1 : 0);
  }
}
