import type { Arena } from '../segment/arena.ts';
import { checkArray, checkCount, checkWhole } from '../segment/arguments.ts';
import type { RingDescriptor } from '../segment/descriptors.ts';
import {
  fill,
  type Overflow,
  paddingMark,
  type RingFault,
  recordBytes,
  recordHeaderBytes,
  ringWord,
} from './ring-layout.ts';
import type { RingOptions } from './ring-memory.ts';
import { type Positions, RingSide, type Start, startAttached, startNew } from './ring-side.ts';

/** How often, in one claim, a consumer may take a record just as it is evicted. */
const mostMisses = 1000;

export type Claim =
  /** `payload` is the memory of the record itself: fill it, then call `publish`. */
  | { readonly state: 'claimed'; readonly payload: Uint8Array<SharedArrayBuffer> }
  /** No room until the consumer releases records. Never with drop-oldest. */
  | { readonly state: 'full' }
  | { readonly state: 'corrupt'; readonly fault: RingFault };

/**
 * The producing side of a ring of records of any size: claim space, write in place, publish. A ring has one producer.
 *
 * A producer that dies between claim and publish leaves nothing behind: a record exists only after it is published.
 *
 * Trust: of the words that the consumer can write, the writer reads `read` once each time, and with drop-oldest the
 * lengths of the records that it evicts. It checks both.
 */
export class RecordWriter extends RingSide {
  /** Longest payload. A record must fit into half of the ring, so that there is always a place for it. */
  readonly maximumPayloadBytes: number;
  readonly #data: Uint8Array<SharedArrayBuffer>;
  readonly #words: Uint32Array<SharedArrayBuffer>;
  readonly #mask: number;
  readonly #overflow: Overflow;
  #written: number;
  /** The consumer's counter at the last look. It can only have grown since. */
  #read: number;
  #dropped = 0;
  /** Start and longest payload of the claimed record; undefined if none is claimed. */
  #claimed: { readonly at: number; readonly payloadBytes: number } | undefined;

  private constructor(start: Start) {
    super(start, 'writer');
    const { data, capacity, overflow } = start.memory;
    this.maximumPayloadBytes = capacity / 2 - recordHeaderBytes;
    this.#data = data;
    this.#words = new Uint32Array(data.buffer, data.byteOffset, capacity / 4);
    this.#mask = capacity - 1;
    this.#overflow = overflow;
    this.#written = start.written;
    this.#read = start.read;
  }

  /**
   * Creates a ring in an arena of this process; the peer is the consumer.
   * @param arena that this process owns
   * @param options `capacity` in bytes
   * @returns the producing side
   * @throws ArenaFullError or RangeError
   */
  static create(arena: Arena, options: RingOptions): RecordWriter {
    checkWhole(options.capacity, 1, 2 ** 30, 'the capacity of a ring');
    const capacity = Math.max(options.capacity, 4 * recordHeaderBytes);
    return new RecordWriter(startNew(arena, { ...options, capacity }, 'record'));
  }

  /**
   * Attaches as the producer of a ring that the arena's owner made.
   * @param arena that the peer owns
   * @param descriptor from the peer's `peerDescriptor()`
   * @returns the producing side
   * @throws AttachError if it is not in `arena`
   */
  static attach(arena: Arena, descriptor: RingDescriptor): RecordWriter {
    if (descriptor.of !== 'record')
      throw new TypeError(`ring "${descriptor.label}" is of ${descriptor.of}, not of records`);
    return new RecordWriter(startAttached(arena, descriptor, 'writer'));
  }

  /**
   * Claims space for a payload of `payloadBytes`, in one piece and at a multiple of 8. A second claim before `publish`
   * replaces the first.
   * @param payloadBytes at most `maximumPayloadBytes`
   * @returns the space, or `full`, or `corrupt` once the consumer has broken the rules
   * @throws RangeError if it is longer than `maximumPayloadBytes`, ClosedMemoryError
   */
  claim(payloadBytes: number): Claim {
    this.lease.assert();
    checkCount(payloadBytes, this.maximumPayloadBytes, 'a record’s length in bytes');
    this.#claimed = undefined;
    const bytes = recordBytes(payloadBytes);
    const place = this.#written & this.#mask;
    const toEnd = this.capacity - place;
    const padding = bytes > toEnd ? toEnd : 0;
    const room = this.#room(bytes + padding);
    if (this.fault) return { state: 'corrupt', fault: this.fault };
    if (room < bytes + padding) return { state: 'full' };
    if (padding > 0) this.#words[place >>> 2] = paddingMark; // published together with the record after it
    const at = (this.#written + padding) >>> 0;
    const first = (at & this.#mask) + recordHeaderBytes;
    this.#claimed = { at, payloadBytes };
    return { state: 'claimed', payload: this.#data.subarray(first, first + payloadBytes) };
  }

  /**
   * Publishes the claimed record, or only its first `payloadBytes` bytes.
   * @param payloadBytes at most what was claimed; default: all of it
   * @throws RangeError if no record or a shorter one is claimed, ClosedMemoryError
   */
  publish(payloadBytes: number = this.#claimed?.payloadBytes ?? 0): void {
    this.lease.assert();
    const claimed = this.#claimed;
    if (!claimed) throw new RangeError(`ring "${this.label}": nothing is claimed`);
    checkCount(payloadBytes, claimed.payloadBytes, 'the bytes to publish, of those that are claimed,');
    this.#claimed = undefined;
    this.#words[(claimed.at & this.#mask) >>> 2] = payloadBytes;
    this.#written = (claimed.at + recordBytes(payloadBytes)) >>> 0;
    // Pairs with the load in RecordReader: a consumer that sees this counter sees the record.
    Atomics.store(this.header, ringWord.written, this.#written);
  }

  /**
   * Calls `claim`, copies, and calls `publish`.
   * @param payload at most `maximumPayloadBytes` bytes
   * @returns `full` if there is no room, `corrupt` once the consumer has broken the rules
   * @throws TypeError for another kind of array, and the errors of `claim`
   */
  write(payload: Uint8Array): Exclude<Claim, { state: 'claimed' }> | { readonly state: 'written' } {
    checkArray(payload, Uint8Array, 'the source of a write');
    const claim = this.claim(payload.byteLength);
    if (claim.state !== 'claimed') return claim;
    claim.payload.set(payload);
    this.publish();
    return { state: 'written' };
  }

  protected override own(): number {
    return this.#written;
  }

  protected override restart({ read }: Positions): void {
    this.#claimed = undefined; // an unpublished claim does not count for the new peer
    this.#read = read;
  }

  /** Returns the free bytes. Reads the consumer's counter only if the last value is not enough. */
  #room(wanted: number): number {
    const known = this.capacity - ((this.#written - this.#read) >>> 0);
    if (known >= wanted || this.fault) return known;
    // Pairs with the consumer's store: it no longer reads a record that it has released.
    const read = Atomics.load(this.header, ringWord.read);
    const used = fill(this.#written, read, this.capacity);
    if (used === undefined) {
      this.countersFault(this.#written, read);
      return 0;
    }
    this.#read = read;
    if (this.capacity - used >= wanted || this.#overflow === 'refuse') return this.capacity - used;
    return this.#evict(wanted);
  }

  /**
   * Moves the consumer's counter past the oldest records until there is room. A consumer that reads one will notice.
   */
  #evict(wanted: number): number {
    let read = this.#read;
    for (let misses = 0; misses < mostMisses; ) {
      const used = fill(this.#written, read, this.capacity);
      if (used === undefined) break;
      this.#read = read;
      if (this.capacity - used >= wanted) return this.capacity - used;
      const length = this.#words[(read & this.#mask) >>> 2]!;
      const bytes = length === paddingMark ? this.capacity - (read & this.#mask) : recordBytes(length);
      if (length !== paddingMark && (length > this.maximumPayloadBytes || bytes > used)) {
        this.corrupt({ reason: 'record', detail: `length ${length} at ${read}` });
        return 0;
      }
      const moved = (read + bytes) >>> 0;
      const found = Atomics.compareExchange(this.header, ringWord.read, read, moved);
      if (found === read && length !== paddingMark) {
        this.#dropped = (this.#dropped + 1) >>> 0;
        Atomics.store(this.header, ringWord.dropped, this.#dropped);
      }
      if (found !== read) misses += 1; // the consumer has taken the record meanwhile
      read = found === read ? moved : found;
    }
    // A correct consumer cannot take so often meanwhile: this one moves its counter to keep this loop busy.
    this.countersFault(this.#written, read);
    return 0;
  }
}
