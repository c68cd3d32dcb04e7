import type { Arena } from '../segment/arena.ts';
import { checkArray, checkCount } from '../segment/arguments.ts';
import type { RingDescriptor } from '../segment/descriptors.ts';
import { copyElements, type ElementArray, elementArray, elementsOver } from './elements.ts';
import { checkElementType, type Elements, type ElementType, fill, ringOnBuffer, ringWord } from './ring-layout.ts';
import type { RingOptions } from './ring-memory.ts';
import { type Positions, RingSide, type Start, startAttached, startBetweenThreads, startNew } from './ring-side.ts';

/** With drop-oldest the producer can move the counter between two steps. No producer does that so often by chance. */
const mostAttempts = 1000;

/**
 * The consuming side of a ring of fixed-size elements.
 *
 * Trust: of the words that the producer can write, the reader reads `written` once each time and checks it. It does not
 * check elements.
 */
export class ElementReader<Type extends ElementType> extends RingSide {
  readonly #elements: Elements<Type>;
  readonly #kind: ElementArray<Type>;
  readonly #mask: number;
  readonly #dropsOldest: boolean;
  #read: number;
  /** Number of elements that `peek` returned and that are not yet released. */
  #peeked = 0;
  /** The producer's counter at the last look. It can only have grown since. */
  #written: number;

  private constructor(start: Start, type: Type) {
    super(start, 'reader');
    this.#elements = elementsOver(type, start.memory.data);
    this.#kind = elementArray(type);
    this.#mask = start.memory.capacity - 1;
    this.#dropsOldest = start.memory.overflow === 'drop-oldest';
    this.#written = start.written;
    this.#read = start.read;
  }

  /**
   * Creates a ring in an arena of this process; the peer is the producer.
   * @param arena that this process owns
   * @param type of the elements
   * @param options `capacity` in elements
   * @returns the consuming side
   * @throws ArenaFullError or RangeError
   */
  static create<Type extends ElementType>(arena: Arena, type: Type, options: RingOptions): ElementReader<Type> {
    checkElementType(type);
    return new ElementReader(startNew(arena, options, type), type);
  }

  /**
   * Attaches as the consumer of a ring that the arena's owner made.
   * @param arena that the peer owns
   * @param descriptor from the peer's `peerDescriptor()`
   * @returns the consuming side
   * @throws AttachError if it is not in `arena`
   */
  static attach(arena: Arena, descriptor: RingDescriptor): ElementReader<ElementType> {
    checkElementType(descriptor.of);
    return new ElementReader(startAttached(arena, descriptor, 'reader'), descriptor.of);
  }

  /**
   * Creates a ring between threads of one process, in zeroed memory of `ringBytes(type, capacity)`.
   * @param buffer the same one in both threads
   * @param type of the elements
   * @param capacity in elements; rounded up to a power of two
   * @returns the consuming side
   */
  static onBuffer<Type extends ElementType>(
    buffer: SharedArrayBuffer,
    type: Type,
    capacity: number,
  ): ElementReader<Type> {
    return new ElementReader(startBetweenThreads(ringOnBuffer(buffer, type, capacity)), type);
  }

  /**
   * Counts the elements that can be popped now. The producer can only add to them, except with drop-oldest.
   * @returns number of elements; 0 once there is a `fault`
   * @throws ClosedMemoryError
   */
  get available(): number {
    this.lease.assert();
    if (this.fault) return 0;
    return this.#dropsOldest ? this.#lookContended().there : this.#look();
  }

  /**
   * Copies out elements, oldest first. Popping releases peeked elements too.
   * @param target gets the elements
   * @param count most elements to copy; default: all that `target` holds from `offset` on
   * @param offset in `target` of the first element, in elements; default: 0
   * @returns the number of elements copied
   * @throws TypeError for another kind of array, RangeError if `target` holds fewer than `offset` and `count` name,
   *   ClosedMemoryError
   */
  pop(target: Elements<Type>, count?: number, offset: number = 0): number {
    this.lease.assert();
    checkArray(target, this.#kind, 'the target of a pop');
    checkCount(offset, target.length, 'the offset of the elements to pop');
    const wanted = count === undefined ? target.length - offset : count;
    checkCount(wanted, target.length - offset, 'the count of elements to pop');
    this.#peeked = 0;
    if (this.#dropsOldest) return this.#popContended(target, wanted, offset);
    const popped = Math.min(wanted, this.#available(wanted));
    if (popped === 0) return 0;
    this.#copyOut(target, offset, this.#read, popped);
    this.#release(popped);
    return popped;
  }

  /**
   * Shows the oldest elements in one piece, in place, valid until they are released. Not with drop-oldest, whose
   * producer may overwrite them at any time: use `pop` there.
   * @param count most elements to show
   * @returns up to `count` elements; fewer at the end of the ring
   * @throws RangeError if `count` is not a whole number, TypeError with drop-oldest, ClosedMemoryError
   */
  peek(count: number): Elements<Type> {
    this.lease.assert();
    checkCount(count, 0xffff_ffff, 'the count of elements to peek at');
    if (this.#dropsOldest)
      throw new TypeError(`ring "${this.label}" drops its oldest: elements cannot be read in place`);
    const at = this.#read & this.#mask;
    const there = Math.min(count, this.#available(count), this.capacity - at);
    this.#peeked = there;
    return this.#elements.subarray(at, at + there) as Elements<Type>;
  }

  /**
   * Gives the first `count` peeked elements back to the producer.
   * @param count number of elements
   * @throws RangeError if fewer are peeked, ClosedMemoryError
   */
  release(count: number): void {
    this.lease.assert();
    checkCount(count, this.#peeked, 'the count of elements to release, of those that were peeked at,');
    this.#peeked -= count;
    this.#release(count);
  }

  #release(count: number): void {
    this.#read = (this.#read + count) >>> 0;
    // Pairs with the load in ElementWriter: a producer that sees this counter may overwrite the elements.
    Atomics.store(this.header, ringWord.read, this.#read);
  }

  protected override own(): number {
    // With drop-oldest the producer moves this counter too.
    return this.#dropsOldest ? Atomics.load(this.header, ringWord.read) : this.#read;
  }

  protected override restart({ written, read }: Positions): void {
    if (read !== this.#read || written === read) this.#peeked = 0;
    this.#written = written;
    this.#read = read;
  }

  #available(wanted: number): number {
    const known = (this.#written - this.#read) >>> 0;
    if (known >= wanted) return known;
    return this.fault ? 0 : this.#look();
  }

  /** Reads the producer's counter and returns the elements before it; 0 with a fault. */
  #look(): number {
    // Pairs with the producer's store: elements before this counter are complete.
    const written = Atomics.load(this.header, ringWord.written);
    const there = fill(written, this.#read, this.capacity);
    if (there === undefined) {
      this.countersFault(written, this.#read);
      this.#written = this.#read; // this side treats the ring as empty
      return 0;
    }
    this.#written = written;
    return there;
  }

  /**
   * With drop-oldest: copies elements first and then claims them. If the producer has evicted some of them meanwhile,
   * the copy may be garbage: the claim fails, and the loop starts again with the elements that are oldest now.
   */
  #popContended(target: Elements<Type>, count: number, offset: number): number {
    for (let attempt = 0; attempt < mostAttempts && !this.fault; attempt += 1) {
      const { read, there } = this.#lookContended();
      const popped = Math.min(there, count);
      if (popped === 0) return 0;
      this.#copyOut(target, offset, read, popped);
      const claimed = Atomics.compareExchange(this.header, ringWord.read, read, (read + popped) >>> 0);
      if (claimed === read) return popped;
    }
    return 0; // the producer overtook a thousand times in a row: the next call can take newer elements
  }

  /** With drop-oldest: reads both counters and returns the elements between them; 0 with a fault. */
  #lookContended(): { readonly read: number; readonly there: number } {
    for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
      const read = Atomics.load(this.header, ringWord.read);
      const written = Atomics.load(this.header, ringWord.written);
      if (Atomics.load(this.header, ringWord.read) !== read) continue; // the two counters are from different moments
      const there = fill(written, read, this.capacity);
      if (there === undefined) this.countersFault(written, read);
      return { read, there: there ?? 0 };
    }
    return { read: this.#read, there: 0 };
  }

  #copyOut(target: Elements<Type>, offset: number, from: number, count: number): void {
    const at = from & this.#mask;
    const first = Math.min(count, this.capacity - at);
    copyElements(this.#elements, at, target, offset, first);
    if (first < count) copyElements(this.#elements, 0, target, offset + first, count - first);
  }
}
