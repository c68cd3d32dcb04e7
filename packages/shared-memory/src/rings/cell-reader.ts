import type { Arena } from '../segment/arena.ts';
import { checkArray } from '../segment/arguments.ts';
import type { RingDescriptor } from '../segment/descriptors.ts';
import { restamp } from './cells.ts';
import { cellPayloadWords, cellWords, ringWord } from './ring-layout.ts';
import type { RingOptions } from './ring-memory.ts';
import { type Positions, RingSide, type Start, startAttached, startNew } from './ring-side.ts';

/**
 * The consuming side of a ring of cells.
 *
 * Trust: a hostile producer can only put any words into any cell. The reader goes from cell to cell by its own counter,
 * so no word changes its position. The caller must check the meaning of the words.
 */
export class CellReader extends RingSide {
  readonly #words: Uint32Array<SharedArrayBuffer>;
  readonly #mask: number;
  #read: number;

  private constructor(start: Start) {
    super(start, 'reader');
    const { data, capacity } = start.memory;
    this.#words = new Uint32Array(data.buffer, data.byteOffset, capacity * cellWords);
    this.#mask = capacity - 1;
    this.#read = start.read;
  }

  /**
   * Creates a ring in an arena of this process; the peer is the producer.
   * @param arena that this process owns
   * @param options `capacity` in cells
   * @returns the consuming side
   * @throws ArenaFullError or RangeError
   */
  static create(arena: Arena, options: Omit<RingOptions, 'overflow'>): CellReader {
    return new CellReader(startNew(arena, options, 'cell'));
  }

  /**
   * Attaches as the consumer of a ring that the arena's owner made.
   * @param arena that the peer owns
   * @param descriptor from the peer's `peerDescriptor()`
   * @returns the consuming side
   * @throws AttachError if it is not in `arena`
   */
  static attach(arena: Arena, descriptor: RingDescriptor): CellReader {
    if (descriptor.of !== 'cell')
      throw new TypeError(`ring "${descriptor.label}" is of ${descriptor.of}, not of cells`);
    return new CellReader(startAttached(arena, descriptor, 'reader'));
  }

  /**
   * Copies the first words of the oldest cell into `target` and frees the cell.
   * @param target gets as many words as it holds, 15 at most
   * @returns false if there is no cell
   * @throws TypeError for another kind of array, ClosedMemoryError
   */
  pop(target: Uint32Array): boolean {
    this.lease.assert();
    checkArray(target, Uint32Array, 'the target of a pop');
    const next = (this.#read + 1) >>> 0;
    const first = (this.#read & this.#mask) * cellWords;
    // Pairs with the producer's store: the words before this stamp are complete.
    if (Atomics.load(this.#words, first + cellPayloadWords) !== next) return false;
    const length = Math.min(target.length, cellPayloadWords);
    for (let word = 0; word < length; word += 1) target[word] = this.#words[first + word]!;
    this.#read = next;
    // Pairs with the load in CellWriter: a producer that sees this counter may overwrite the cell.
    Atomics.store(this.header, ringWord.read, next);
    return true;
  }

  protected override own(): number {
    return this.#read;
  }

  protected override restart(positions: Positions): void {
    restamp(this.#words, this.capacity, positions);
  }

  /** Counts the stamped cells in sequence: the producer publishes by the stamp and has no counter in memory. */
  protected override peerCounter(): number {
    let written = this.#read;
    while ((written - this.#read) >>> 0 < this.capacity) {
      const stamp = (written & this.#mask) * cellWords + cellPayloadWords;
      if (Atomics.load(this.#words, stamp) !== (written + 1) >>> 0) break;
      written = (written + 1) >>> 0;
    }
    return written;
  }
}
