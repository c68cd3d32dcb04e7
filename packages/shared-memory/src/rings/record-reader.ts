import type { Arena } from '../segment/arena.ts';
import { checkWhole } from '../segment/arguments.ts';
import type { RingDescriptor } from '../segment/descriptors.ts';
import { fill, paddingMark, type RingFault, recordBytes, recordHeaderBytes, ringWord } from './ring-layout.ts';
import type { RingOptions } from './ring-memory.ts';
import { type Positions, RingSide, type Start, startAttached, startNew } from './ring-side.ts';

export type Taken =
  | { readonly state: 'record'; readonly payload: Uint8Array }
  | { readonly state: 'empty' }
  | { readonly state: 'corrupt'; readonly fault: RingFault };

/** Position of a record in the ring's data, and the counter after it. */
interface Place {
  readonly first: number;
  readonly payloadBytes: number;
  readonly next: number;
}

/**
 * The consuming side of a ring of records: peek, read in place, release.
 *
 * If a consumer dies between peek and release, its replacement gets the same record again: delivery is at least once.
 *
 * Trust: of the words that the producer can write, the reader reads the counter and each record's length once and
 * checks them, so no view reaches outside the ring. A hostile producer can still change a payload while it is read:
 * copy data that must not change between a check and its use.
 */
export class RecordReader extends RingSide {
  readonly #data: Uint8Array<SharedArrayBuffer>;
  readonly #words: Uint32Array<SharedArrayBuffer>;
  readonly #mask: number;
  readonly #dropsOldest: boolean;
  #read: number;
  /** The producer's counter at the last look. It can only have grown since. */
  #written: number;
  /** The record that `peek` returned. Its length is not read a second time, because it may have changed. */
  #held: Place | undefined;

  private constructor(start: Start) {
    super(start, 'reader');
    const { data, capacity, overflow } = start.memory;
    this.#data = data;
    this.#words = new Uint32Array(data.buffer, data.byteOffset, capacity / 4);
    this.#mask = capacity - 1;
    this.#dropsOldest = overflow === 'drop-oldest';
    this.#written = start.written;
    this.#read = start.read;
  }

  /**
   * Creates a ring in an arena of this process; the peer is the producer.
   * @param arena that this process owns
   * @param options `capacity` in bytes
   * @returns the consuming side
   * @throws ArenaFullError or RangeError
   */
  static create(arena: Arena, options: RingOptions): RecordReader {
    checkWhole(options.capacity, 1, 2 ** 30, 'the capacity of a ring');
    const capacity = Math.max(options.capacity, 4 * recordHeaderBytes);
    return new RecordReader(startNew(arena, { ...options, capacity }, 'record'));
  }

  /**
   * Attaches as the consumer of a ring that the arena's owner made.
   * @param arena that the peer owns
   * @param descriptor from the peer's `peerDescriptor()`
   * @returns the consuming side
   * @throws AttachError if it is not in `arena`
   */
  static attach(arena: Arena, descriptor: RingDescriptor): RecordReader {
    if (descriptor.of !== 'record')
      throw new TypeError(`ring "${descriptor.label}" is of ${descriptor.of}, not of records`);
    return new RecordReader(startAttached(arena, descriptor, 'reader'));
  }

  /**
   * @returns the oldest record, in place, and the same one until it is released. Not with drop-oldest, whose producer
   *   may overwrite it at any time: use `take` there.
   */
  peek(): Taken {
    this.lease.assert();
    if (this.#dropsOldest)
      throw new TypeError(`ring "${this.label}" drops its oldest: records cannot be read in place`);
    const found = this.#held ?? this.#find();
    if (found === 'empty') return { state: 'empty' };
    if ('reason' in found) return { state: 'corrupt', fault: found };
    this.#held = found;
    return { state: 'record', payload: this.#data.subarray(found.first, found.first + found.payloadBytes) };
  }

  /** Gives the record that `peek` returned back to the producer. Throws RangeError if there is none. */
  release(): void {
    this.lease.assert();
    if (!this.#held) throw new RangeError(`ring "${this.label}": nothing to release`);
    this.#advance(this.#held.next);
    this.#held = undefined;
  }

  /** @returns a copy of the oldest record and releases it */
  take(): Taken {
    this.lease.assert();
    if (this.#dropsOldest) return this.#takeContended();
    const peeked = this.peek();
    if (peeked.state !== 'record') return peeked;
    const payload = new Uint8Array(peeked.payload);
    this.release();
    return { state: 'record', payload };
  }

  protected override own(): number {
    // With drop-oldest the producer moves this counter too.
    return this.#dropsOldest ? Atomics.load(this.header, ringWord.read) : this.#read;
  }

  protected override restart({ written, read }: Positions): void {
    this.#written = written;
    this.#read = read;
    if (written === read) this.#held = undefined; // the ring is empty now: the peeked record is gone
  }

  #advance(read: number): void {
    this.#read = read;
    // Pairs with the load in RecordWriter: a producer that sees this counter may overwrite the record.
    Atomics.store(this.header, ringWord.read, read);
  }

  /** Returns the record at this side's counter. Skips the padding at the end of the ring. */
  #find(): Place | 'empty' | RingFault {
    if (this.fault) return this.fault;
    if (this.#written === this.#read) {
      // Pairs with the producer's store: records before this counter are complete.
      const written = Atomics.load(this.header, ringWord.written);
      if (fill(written, this.#read, this.capacity) === undefined) return this.countersFault(written, this.#read);
      this.#written = written;
      if (written === this.#read) return 'empty';
    }
    const found = this.#inspect(this.#read, this.#written);
    if (found !== 'padding') return 'reason' in found ? this.corrupt(found) : found;
    this.#advance((this.#read + this.capacity - (this.#read & this.#mask)) >>> 0);
    return this.#find();
  }

  /** Returns the place of the record at `read`. Reads its length once and checks it against the bytes in the ring. */
  #inspect(read: number, written: number): Place | RingFault | 'padding' {
    const place = read & this.#mask;
    const used = (written - read) >>> 0;
    const length = Atomics.load(this.#words, place >>> 2);
    // Padding is published together with the record that did not fit, so a record always follows it.
    if (length === paddingMark && this.capacity - place < used) return 'padding';
    if (length > this.capacity || recordBytes(length) > Math.min(used, this.capacity - place)) {
      return { reason: 'record', detail: `length ${length} at ${read}, with ${used} bytes in the ring` };
    }
    return { first: place + recordHeaderBytes, payloadBytes: length, next: (read + recordBytes(length)) >>> 0 };
  }

  /**
   * With drop-oldest: copies a record first and then claims it. If the producer has evicted it meanwhile, the copy may
   * be garbage: the claim fails, and the loop starts again with the record that is oldest now.
   */
  #takeContended(): Taken {
    for (let attempt = 0; attempt < 1000; attempt += 1) {
      if (this.fault) return { state: 'corrupt', fault: this.fault };
      const read = Atomics.load(this.header, ringWord.read);
      const written = Atomics.load(this.header, ringWord.written);
      if (Atomics.load(this.header, ringWord.read) !== read) continue; // the two counters are from different moments
      if (written === read) return { state: 'empty' };
      const fault = fill(written, read, this.capacity) === undefined ? this.countersFault(written, read) : undefined;
      const found = fault ?? this.#inspect(read, written);
      if (found === 'padding') {
        const next = (read + this.capacity - (read & this.#mask)) >>> 0;
        Atomics.compareExchange(this.header, ringWord.read, read, next);
      } else if ('reason' in found) {
        // An invalid length is a fault only if the record was not overwritten meanwhile.
        if (Atomics.load(this.header, ringWord.read) === read) this.corrupt(found);
      } else {
        const payload = this.#data.slice(found.first, found.first + found.payloadBytes);
        const claimed = Atomics.compareExchange(this.header, ringWord.read, read, found.next);
        if (claimed === read) return { state: 'record', payload };
      }
    }
    return { state: 'empty' }; // the producer overtook a thousand times in a row: the next call finds a record
  }
}
