interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * Which bytes of a range are free: first fit, aligned, neighbours coalesced. Bookkeeping only, private to the process
 * that hands out the memory: nothing of it stands in shared memory, where a peer could change it.
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

  /** The offset of `bytes` bytes at a multiple of `alignment`, or undefined when no stretch is long enough. */
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

  /** Throws when any of it is free already: giving back twice would hand the same bytes to two buffers. */
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
