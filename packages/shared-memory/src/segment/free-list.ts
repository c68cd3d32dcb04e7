interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * Keeps track of the free bytes of a range: first fit, aligned, neighbours merged. It is private to the process that
 * allocates and is not in shared memory, so a peer cannot change it.
 */
export class FreeList {
  /** Sorted by start; no two touch. */
  #free: Stretch[];

  constructor(start: number, end: number) {
    this.#free = start < end ? [{ start, end }] : [];
  }

  get bytesFree(): number {
    return this.#free.reduce((sum, { start, end }) => sum + end - start, 0);
  }

  /** Returns the offset of `bytes` free bytes at a multiple of `alignment`, or undefined if no piece is long enough. */
  take(bytes: number, alignment: number): number | undefined {
    for (const [index, stretch] of this.#free.entries()) {
      const start = Math.ceil(stretch.start / alignment) * alignment;
      const end = start + bytes;
      if (end > stretch.end) continue;
      const rest = [
        { start: stretch.start, end: start },
        { start: end, end: stretch.end },
      ];
      this.#free.splice(index, 1, ...rest.filter((part) => part.start < part.end));
      return start;
    }
    return undefined;
  }

  /** Frees bytes. Throws if some are free already: the same bytes could then be given to two buffers. */
  give(offset: number, bytes: number): void {
    let start = offset;
    let end = offset + bytes;
    if (this.#free.some((stretch) => stretch.start < end && start < stretch.end)) {
      throw new Error(`bytes ${start} to ${end} were given back twice`);
    }
    const rest = this.#free.filter((stretch) => {
      if (stretch.end === start) start = stretch.start;
      else if (stretch.start === end) end = stretch.end;
      else return true;
      return false;
    });
    this.#free = [...rest, { start, end }].sort((a, b) => a.start - b.start);
  }
}
