/** Speed at which the mark falls to the present use, KiB a second. Released memory may be used again until then. */
const fallsPerSecond = 128;

/**
 * Measures by how much memory grows above its earlier level. Memory that goes up and down, such as a heap between two
 * garbage collections, is counted once.
 */
export class Growth {
  #mark: number | undefined;
  #kib = 0;

  /** Growth that has not been taken yet, KiB. */
  get kib(): number {
    return this.#kib;
  }

  /** `elapsedMs`: time since the last measurement. `strictly`: released memory counts when it is used again. */
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

  /** Takes the growth since the last call, at most `mostKiB`. The rest stays for the next call. */
  take(mostKiB = Number.POSITIVE_INFINITY): number {
    const kib = Math.min(this.#kib, mostKiB);
    this.#kib -= kib;
    return kib;
  }
}
