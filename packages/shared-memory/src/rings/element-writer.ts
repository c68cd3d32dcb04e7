import type { Arena } from '../segment/arena.ts';
import { checkArray, checkCount, checkFunction } from '../segment/arguments.ts';
import type { RingDescriptor } from '../segment/descriptors.ts';
import { copyElements, type ElementArray, elementArray, elementsOver } from './elements.ts';
import {
  checkElementType,
  type Elements,
  type ElementType,
  fill,
  type Overflow,
  ringOnBuffer,
  ringWord,
} from './ring-layout.ts';
import type { RingOptions } from './ring-memory.ts';
import { type Positions, RingSide, type Start, startAttached, startBetweenThreads, startNew } from './ring-side.ts';

/**
 * Fills free space of a ring, `first` before `second`, and returns the number of elements that it has written. Without a
 * result it has written all.
 */
// biome-ignore lint/suspicious/noConfusingVoidType: `(first) => fill(first)` may return nothing.
export type WriteElements<Type extends ElementType> = (first: Elements<Type>, second: Elements<Type>) => number | void;

/**
 * The producing side of a ring of fixed-size elements. A ring has one producer; give each of several its own ring.
 *
 * Trust: of the words that the consumer can write, the writer reads only `read`. It reads it once each time and checks
 * it.
 * @see L. Lamport, Specifying Concurrent Program Modules, ACM TOPLAS 5(2), 1983: a ring of two counters needs no lock
 * @see P. Lee, T. Bu, G. Chandranmenon, A Lock-Free, Cache-Efficient Shared Ring Buffer for Multi-Core Architectures,
 *   ANCS 2009: each side keeps a copy of the other's counter
 */
export class ElementWriter<Type extends ElementType> extends RingSide {
  readonly #elements: Elements<Type>;
  readonly #kind: ElementArray<Type>;
  readonly #mask: number;
  readonly #overflow: Overflow;
  #written: number;
  /** The consumer's counter at the last look. It can only have grown since. */
  #read: number;
  #dropped = 0;
  /** Number of claimed elements, from the next position to write on. */
  #claimed = 0;

  private constructor(start: Start, type: Type) {
    super(start, 'writer');
    this.#elements = elementsOver(type, start.memory.data);
    this.#kind = elementArray(type);
    this.#mask = start.memory.capacity - 1;
    this.#overflow = start.memory.overflow;
    this.#written = start.written;
    this.#read = start.read;
  }

  /**
   * Creates a ring in an arena of this process; the peer is the consumer.
   * @param arena that this process owns
   * @param type of the elements
   * @param options `capacity` in elements
   * @returns the producing side
   * @throws ArenaFullError or RangeError
   */
  static create<Type extends ElementType>(arena: Arena, type: Type, options: RingOptions): ElementWriter<Type> {
    checkElementType(type);
    return new ElementWriter(startNew(arena, options, type), type);
  }

  /**
   * Attaches as the producer of a ring that the arena's owner made.
   * @param arena that the peer owns
   * @param descriptor from the peer's `peerDescriptor()`
   * @returns the producing side
   * @throws AttachError if it is not in `arena`
   */
  static attach(arena: Arena, descriptor: RingDescriptor): ElementWriter<ElementType> {
    checkElementType(descriptor.of);
    return new ElementWriter(startAttached(arena, descriptor, 'writer'), descriptor.of);
  }

  /**
   * Creates a ring between threads of one process, in zeroed memory of `ringBytes(type, capacity)`.
   * @param buffer the same one in both threads
   * @param type of the elements
   * @param capacity in elements; rounded up to a power of two
   * @returns the producing side
   */
  static onBuffer<Type extends ElementType>(
    buffer: SharedArrayBuffer,
    type: Type,
    capacity: number,
  ): ElementWriter<Type> {
    return new ElementWriter(startBetweenThreads(ringOnBuffer(buffer, type, capacity)), type);
  }

  /**
   * Counts the elements that can be pushed now without dropping any. The consumer can only add to them.
   * @returns number of elements; 0 once there is a `fault`
   * @throws ClosedMemoryError
   */
  get available(): number {
    this.lease.assert();
    return this.fault ? 0 : this.#look();
  }

  /**
   * Copies in as many elements as fit. With drop-oldest it copies all of them (at most `capacity`) and drops the
   * oldest. An unpublished claim is dropped.
   * @param elements to copy
   * @param count most elements to copy; default: all from `offset` on
   * @param offset of the first element to copy, in elements; default: 0
   * @returns the number of elements copied; 0 once there is a `fault`
   * @throws TypeError for another kind of array, RangeError if `elements` has fewer than `offset` and `count` name,
   *   ClosedMemoryError
   */
  push(elements: Elements<Type>, count?: number, offset: number = 0): number {
    this.lease.assert();
    checkArray(elements, this.#kind, 'the source of a push');
    checkCount(offset, elements.length, 'the offset of the elements to push');
    const wanted = count === undefined ? elements.length - offset : count;
    checkCount(wanted, elements.length - offset, 'the count of elements to push');
    this.#claimed = 0;
    const pushed = Math.min(wanted, this.#room(wanted));
    if (pushed === 0) return 0;
    const at = this.#written & this.#mask;
    const first = Math.min(pushed, this.capacity - at);
    copyElements(elements, offset, this.#elements, at, first);
    if (first < pushed) copyElements(elements, offset + first, this.#elements, 0, pushed - first);
    this.#publish(pushed);
    return pushed;
  }

  /**
   * Has `write` fill free space in place, over the end of the ring if necessary, and publishes the result. With
   * drop-oldest it drops what `count` elements need, even if `write` writes fewer. Nothing is published if `write`
   * throws. An unpublished claim is dropped.
   * @param count most elements to write
   * @param write gets the space in two pieces, the second of which is empty unless the space goes over the end of the
   *   ring. It must not use the writer. It is not called if there is no space.
   * @returns the number of elements published; 0 once there is a `fault`
   * @throws RangeError if `count` is not a whole number or `write` returns more than the space holds, TypeError if
   *   `write` is not a function or returns something else, ClosedMemoryError
   */
  pushWith(count: number, write: WriteElements<Type>): number {
    this.lease.assert();
    checkCount(count, 0xffff_ffff, 'the count of elements to write');
    checkFunction(write, 'what writes the elements');
    const start = this.#written;
    const at = start & this.#mask;
    this.#claimed = 0;
    const free = Math.min(count, this.#room(count));
    if (free === 0) return 0;
    const first = Math.min(free, this.capacity - at);
    const pieces = [this.#elements.subarray(at, at + first), this.#elements.subarray(0, free - first)] as const;
    const result = write(...(pieces as [Elements<Type>, Elements<Type>]));
    const written = result === undefined ? free : result;
    checkCount(written, this.#written === start ? free : 0, 'the count of elements written');
    this.lease.assert(); // `write` may have closed the ring
    this.#claimed = 0;
    this.#publish(written);
    return written;
  }

  /**
   * Claims space in one piece, in place, to fill and then publish. A second claim replaces the first.
   * @param count most elements to claim
   * @returns space for up to `count` elements; shorter at the end of the ring or when the ring is nearly full, empty
   *   when it is full
   * @throws RangeError if `count` is not a whole number, ClosedMemoryError
   */
  claim(count: number): Elements<Type> {
    this.lease.assert();
    checkCount(count, 0xffff_ffff, 'the count of elements to claim');
    const at = this.#written & this.#mask;
    const free = Math.min(count, this.#room(count), this.capacity - at);
    this.#claimed = free;
    return this.#elements.subarray(at, at + free) as Elements<Type>;
  }

  /**
   * Publishes the first `count` claimed elements; the rest stays claimed.
   * @param count number of elements
   * @throws RangeError if fewer are claimed, ClosedMemoryError
   */
  publish(count: number): void {
    this.lease.assert();
    checkCount(count, this.#claimed, 'the count of elements to publish, of those that are claimed,');
    this.#claimed -= count;
    this.#publish(count);
  }

  #publish(count: number): void {
    this.#written = (this.#written + count) >>> 0;
    // Pairs with the load in ElementReader: a consumer that sees this counter sees the elements.
    Atomics.store(this.header, ringWord.written, this.#written);
  }

  protected override own(): number {
    return this.#written;
  }

  protected override restart({ read }: Positions): void {
    this.#claimed = 0; // an unpublished claim does not count for the new peer
    this.#read = read;
  }

  /** Returns the free elements. Reads the consumer's counter only if the last value is not enough. */
  #room(wanted: number): number {
    const known = this.capacity - ((this.#written - this.#read) >>> 0);
    if (known >= wanted) return known;
    if (this.fault) return 0;
    const room = this.#look();
    return room >= wanted || this.#overflow === 'refuse' || this.fault ? room : this.#evict(wanted);
  }

  /** Reads the consumer's counter and returns the free elements; 0 with a fault. */
  #look(): number {
    // Pairs with the consumer's store: it no longer reads an element that it has released.
    this.#read = Atomics.load(this.header, ringWord.read);
    const used = fill(this.#written, this.#read, this.capacity);
    return used === undefined ? this.#corrupt() : this.capacity - used;
  }

  /** Moves the consumer's counter until there is room. A consumer that is taking those elements will notice. */
  #evict(wanted: number): number {
    const target = Math.min(wanted, this.capacity);
    for (let attempt = 0; attempt < 1000; attempt += 1) {
      const used = fill(this.#written, this.#read, this.capacity);
      if (used === undefined) return this.#corrupt();
      const missing = target - (this.capacity - used);
      if (missing <= 0) return this.capacity - used;
      const moved = (this.#read + missing) >>> 0;
      const found = Atomics.compareExchange(this.header, ringWord.read, this.#read, moved);
      if (found !== this.#read) {
        this.#read = found; // the consumer has taken elements meanwhile
        continue;
      }
      this.#read = moved;
      this.#dropped = (this.#dropped + missing) >>> 0;
      Atomics.store(this.header, ringWord.dropped, this.#dropped);
    }
    // A correct consumer cannot take a thousand times meanwhile: this one moves its counter to keep this loop busy.
    return this.#corrupt();
  }

  #corrupt(): 0 {
    this.countersFault(this.#written, this.#read);
    this.#read = (this.#written - this.capacity) >>> 0; // this side treats the ring as full
    return 0;
  }
}
