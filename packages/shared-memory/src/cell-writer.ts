import type { Arena } from './arena.ts';
import { checkCount } from './arguments.ts';
import { restamp } from './cells.ts';
import type { RingDescriptor } from './descriptors.ts';
import { cellPayloadWords, cellWords, fill, ringWord } from './ring-layout.ts';
import type { RingOptions } from './ring-memory.ts';
import { type Positions, RingSide, type Start, startAttached, startNew } from './ring-side.ts';

/**
 * The producing side of a ring of cells: up to 15 words each, handed over as fast as two processors can. For
 * descriptors (which buffer, which generation, which slot, which frame), where the way there counts and not the bulk.
 *
 * A cell is a cache line of its own and carries the counter that publishes it (see ring-layout.ts), so that a hand-over
 * moves one line between processors and not two, a counter's and then the data's.
 *
 * Trust: of the memory that the consumer can write this reads `read`, once per look, and checks it.
 */
export class CellWriter extends RingSide {
  readonly #words: Uint32Array<SharedArrayBuffer>;
  readonly #mask: number;
  #written: number;
  /** The consumer's counter when it was last looked at: it can only have gone on since. */
  #read: number;

  private constructor(start: Start) {
    super(start, 'writer');
    const { data, capacity } = start.memory;
    this.#words = new Uint32Array(data.buffer, data.byteOffset, capacity * cellWords);
    this.#mask = capacity - 1;
    this.#written = start.written;
    this.#read = start.read;
  }

  /** Makes a ring in an arena of this process, whose peer shall consume. Throws ArenaFullError or RangeError. */
  static create(arena: Arena, options: Omit<RingOptions, 'overflow'>): CellWriter {
    return new CellWriter(startNew(arena, options, 'cell'));
  }

  /** Takes up producing in a ring that the arena's owner made. Throws AttachError when it is not in `arena`. */
  static attach(arena: Arena, descriptor: RingDescriptor): CellWriter {
    if (descriptor.of !== 'cell')
      throw new TypeError(`ring "${descriptor.label}" is of ${descriptor.of}, not of cells`);
    return new CellWriter(startAttached(arena, descriptor, 'writer'));
  }

  /**
   * Copies one cell in, its first `payload.length` words (15 at most). False when the ring is full or has a `fault`.
   * Throws RangeError for more words, or for one that has not 32 bits (with a sign or without); ClosedMemoryError.
   */
  push(payload: ArrayLike<number>): boolean {
    this.lease.assert();
    checkCount(payload.length, cellPayloadWords, 'the count of words in a cell');
    if ((this.#written - this.#read) >>> 0 >= this.capacity && !this.#look()) return false;
    const first = (this.#written & this.#mask) * cellWords;
    // A cell that is refused half-way has no stamp yet: the consumer never sees it.
    for (let word = 0; word < payload.length; word += 1) {
      const value = payload[word]!;
      if (value >>> 0 !== value && (value | 0) !== value) checkCount(value, 0xffff_ffff, 'a word of a cell');
      this.#words[first + word] = value;
    }
    this.#written = (this.#written + 1) >>> 0;
    // Publishes the cell: pairs with the load in CellReader; whoever sees this stamp sees the words before it.
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

  /** Looks how far the consumer is; whether there is room now. */
  #look(): boolean {
    if (this.fault) return false;
    // Pairs with the consumer's store: what it has released it no longer reads.
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
