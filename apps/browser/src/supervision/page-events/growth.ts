/** How fast the mark falls towards what is in use, KiB a second: memory that has been given back may be used again. */
const fallsPerSecond = 128;

/**
 * By how much memory grows beyond what it has been before. What goes up and down, such as a heap between two collections
 * of garbage, is counted once.
 */
export class Growth {
  #mark: number | undefined;
  #kib = 0;

  /** Growth that nobody has taken yet, KiB. */
  get kib(): number {
    return this.#kib;
  }

  /** `elapsedMs`: since the last measurement. `strictly`: what has been given back counts when it is used again. */
  measure(usedKiB: number, elapsedMs: number, strictly = false): void {
    this.#mark ??= usedKiB;
    if (usedKiB <= this.#mark) {
      const mark = this.#mark - (fallsPerSecond * elapsedMs) / 1000;
      this.#mark = strictly ? usedKiB : Math.max(usedKiB, mark);
      return;
    }
    this.#kib += usedKiB - this.#mark;
    this.#mark = usedKiB;
  }

  /** What it has grown by since it was last asked, `mostKiB` at most: the rest is there the next time. */
  take(mostKiB = Number.POSITIVE_INFINITY): number {
    const kib = Math.min(this.#kib, mostKiB);
    this.#kib -= kib;
    return kib;
  }
}
