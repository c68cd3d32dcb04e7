import type { Arena } from '../segment/arena.ts';
import { checkCount } from '../segment/arguments.ts';
import type { RingDescriptor } from '../segment/descriptors.ts';
import { restamp } from './cells.ts';
import { cellPayloadWords, cellWords, fill, ringWord } from './ring-layout.ts';
import type { RingOptions } from './ring-memory.ts';
import { type Positions, RingSide, type Start, startAttached, startNew } from './ring-side.ts';

/**
 * The producing side of a ring of cells of up to 15 words each, with the lowest latency that two processors allow. It
 * is for descriptors (which buffer, generation, slot, frame), where latency matters and not throughput.
 *
 * A cell is one cache line and contains the counter that publishes it (see ring-layout.ts). So a hand-over moves one
 * line between processors, not two (the counter and then the data).
 *
 * Trust: of the words that the consumer can write, the writer reads only `read`. It reads it once each time and checks
 * it.
 * @see J. Giacomoni, T. Moseley, M. Vachharajani, FastForward for Efficient Pipeline Parallelism, PPoPP 2008: the cell
 *   itself says whether it is full
 */
export class CellWriter extends RingSide {
  readonly #words: Uint32Array<SharedArrayBuffer>;
  readonly #mask: number;
  #written: number;
  /** The consumer's counter at the last look. It can only have grown since. */
  #read: number;

  private constructor(start: Start) {
    super(start, 'writer');
    const { data, capacity } = start.memory;
    this.#words = new Uint32Array(data.buffer, data.byteOffset, capacity * cellWords);
    this.#mask = capacity - 1;
    this.#written = start.written;
    this.#read = start.read;
  }

  /**
   * Creates a ring in an arena of this process; the peer is the consumer.
   * @param arena that this process owns
   * @param options `capacity` in cells
   * @returns the producing side
   * @throws ArenaFullError or RangeError
   */
  static create(arena: Arena, options: Omit<RingOptions, 'overflow'>): CellWriter {
    return new CellWriter(startNew(arena, options, 'cell'));
  }

  /**
   * Attaches as the producer of a ring that the arena's owner made.
   * @param arena that the peer owns
   * @param descriptor from the peer's `peerDescriptor()`
   * @returns the producing side
   * @throws AttachError if it is not in `arena`
   */
  static attach(arena: Arena, descriptor: RingDescriptor): CellWriter {
    if (descriptor.of !== 'cell')
      throw new TypeError(`ring "${descriptor.label}" is of ${descriptor.of}, not of cells`);
    return new CellWriter(startAttached(arena, descriptor, 'writer'));
  }

  /**
   * Copies `payload` into one cell.
   * @param payload at most 15 whole numbers of 32 bits, signed or unsigned
   * @returns false if the ring is full or has a `fault`
   * @throws RangeError for more words or other numbers, ClosedMemoryError
   */
  push(payload: ArrayLike<number>): boolean {
    this.lease.assert();
    checkCount(payload.length, cellPayloadWords, 'the count of words in a cell');
    if ((this.#written - this.#read) >>> 0 >= this.capacity && !this.#look()) return false;
    const first = (this.#written & this.#mask) * cellWords;
    // If a word is refused here, the cell has no stamp yet: the consumer never sees it.
    for (let word = 0; word < payload.length; word += 1) {
      const value = payload[word]!;
      if (value >>> 0 !== value && (value | 0) !== value) checkCount(value, 0xffff_ffff, 'a word of a cell');
      this.#words[first + word] = value;
    }
    this.#written = (this.#written + 1) >>> 0;
    // Publishes the cell. Pairs with the load in CellReader: a consumer that sees this stamp sees the words before it.
    Atomics.store(this.#words, first + cellPayloadWords, this.#written);
    return true;
  }

  protected override own(): number {
    return this.#written;
  }

  protected override restart(positions: Positions): void {
    this.#read = positions.read;
    restamp(this.#words, this.capacity, positions);
  }

  /** Reads the consumer's counter and returns true if there is room now. */
  #look(): boolean {
    if (this.fault) return false;
    // Pairs with the consumer's store: it no longer reads a cell that it has released.
    const read = Atomics.load(this.header, ringWord.read);
    const used = fill(this.#written, read, this.capacity);
    if (used === undefined) {
      this.countersFault(this.#written, read);
      return false;
    }
    this.#read = read;
    return used < this.capacity;
  }
}
