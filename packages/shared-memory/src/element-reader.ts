import type { Arena } from './arena.ts';
import { checkArray, checkCount } from './arguments.ts';
import type { RingDescriptor } from './descriptors.ts';
import { copyElements, type ElementArray, elementArray, elementsOver } from './elements.ts';
import { checkElementType, type Elements, type ElementType, fill, ringOnBuffer, ringWord } from './ring-layout.ts';
import type { RingOptions } from './ring-memory.ts';
import { type Positions, RingSide, type Start, startAttached, startBetweenThreads, startNew } from './ring-side.ts';

/**
 * The consuming side of a ring of fixed-size elements.
 *
 * Trust: of the memory that the producer can write this reads `written` once per look, and checks it; elements are
 * whatever they are.
 */
export class ElementReader<Type extends ElementType> extends RingSide {
  readonly #elements: Elements<Type>;
  readonly #kind: ElementArray<Type>;
  readonly #mask: number;
  readonly #dropsOldest: boolean;
  #read: number;
  /** Elements that `peek` has shown and that are not released. */
  #peeked = 0;
  /** The producer's counter when it was last looked at: it can only have gone on since. */
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

  /** Makes a ring in an arena of this process, whose peer shall produce. Throws ArenaFullError or RangeError. */
  static create<Type extends ElementType>(arena: Arena, type: Type, options: RingOptions): ElementReader<Type> {
    checkElementType(type);
    return new ElementReader(startNew(arena, options, type), type);
  }

  /** Takes up consuming in a ring that the arena's owner made. Throws AttachError when it is not in `arena`. */
  static attach(arena: Arena, descriptor: RingDescriptor): ElementReader<ElementType> {
    checkElementType(descriptor.of);
    return new ElementReader(startAttached(arena, descriptor, 'reader'), descriptor.of);
  }

  /** Between threads of one process, over zeroed memory of `ringBytes(type, capacity)`. */
  static onBuffer<Type extends ElementType>(
    buffer: SharedArrayBuffer,
    type: Type,
    capacity: number,
  ): ElementReader<Type> {
    return new ElementReader(startBetweenThreads(ringOnBuffer(buffer, type, capacity)), type);
  }

  /**
   * Copies out up to `count` elements, oldest first, and returns how many that were. What was peeked is released by it as
   * far as it is popped. Throws TypeError for another kind of array, RangeError when `count` is more than it has room
   * for, ClosedMemoryError.
   */
  pop(target: Elements<Type>, count: number = target.length): number {
    this.lease.assert();
    checkArray(target, this.#kind, 'what is popped into');
    checkCount(count, target.length, 'the count of elements to pop');
    this.#peeked = 0;
    if (this.#dropsOldest) return this.#popContended(target, count);
    const popped = Math.min(count, this.#available(count));
    if (popped === 0) return 0;
    this.#copyOut(target, this.#read, popped);
    this.#release(popped);
    return popped;
  }

  /**
   * Up to `count` elements in one piece, in place, until they are released; fewer at the ring's end. Not with
   * drop-oldest, whose producer may overwrite them at any time: `pop` there. Throws RangeError when `count` is no whole
   * number, TypeError with drop-oldest, ClosedMemoryError.
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
   * Gives the first `count` elements of what was peeked back to the producer. Throws RangeError when it is more than
   * that, ClosedMemoryError.
   */
  release(count: number): void {
    this.lease.assert();
    checkCount(count, this.#peeked, 'the count of elements to release, of those that were peeked at,');
    this.#peeked -= count;
    this.#release(count);
  }

  #release(count: number): void {
    this.#read = (this.#read + count) >>> 0;
    // Pairs with the load in ElementWriter: whoever sees the counter may overwrite the elements.
    Atomics.store(this.header, ringWord.read, this.#read);
  }

  protected override own(): number {
    // With drop-oldest the producer moves it too.
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
    if (this.fault) return 0;
    // Pairs with the producer's store: the elements before this counter are complete.
    const written = Atomics.load(this.header, ringWord.written);
    const there = fill(written, this.#read, this.capacity);
    if (there === undefined) {
      this.countersFault(written, this.#read);
      this.#written = this.#read; // empty, as far as this side is concerned
      return 0;
    }
    this.#written = written;
    return there;
  }

  /**
   * With drop-oldest: copies first, then claims what was copied. Where the producer has evicted some of it meanwhile,
   * the copy may be of anything, the claim fails, and it begins again with what is oldest now.
   */
  #popContended(target: Elements<Type>, count: number): number {
    for (let attempt = 0; attempt < 1000 && !this.fault; attempt += 1) {
      const read = Atomics.load(this.header, ringWord.read);
      const written = Atomics.load(this.header, ringWord.written);
      if (Atomics.load(this.header, ringWord.read) !== read) continue; // the two are not of one moment
      const there = fill(written, read, this.capacity);
      if (there === undefined) {
        this.countersFault(written, read);
        return 0;
      }
      const popped = Math.min(there, count);
      if (popped === 0) return 0;
      this.#copyOut(target, read, popped);
      const claimed = Atomics.compareExchange(this.header, ringWord.read, read, (read + popped) >>> 0);
      if (claimed === read) return popped;
    }
    return 0; // a producer that overtakes a thousand times in a row: there is something new to take at the next call
  }

  #copyOut(target: Elements<Type>, from: number, count: number): void {
    const at = from & this.#mask;
    const first = Math.min(count, this.capacity - at);
    copyElements(this.#elements, at, target, 0, first);
    if (first < count) copyElements(this.#elements, 0, target, first, count - first);
  }
}
