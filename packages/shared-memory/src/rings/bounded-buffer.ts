/**
 * The bounded buffer as the textbook teaches it:
 *
 *     empty:  in == out                    full:  (in + 1) % n == out
 *     produce:  buffer[in] = item; in = (in + 1) % n
 *     consume:  item = buffer[out]; out = (out + 1) % n
 *
 * One of the n slots stays unused: if all were used, a full buffer would look like an empty one. There is one producer
 * and one consumer; each changes only its own index. For speed, and for records, use the rings.
 *
 * | byte | word | written by | |
 * |---|---|---|---|
 * | 0 | in | producer | the next slot to fill, 0 to n - 1 |
 * | 64 | out | consumer | the next slot to empty, 0 to n - 1 |
 * | 128 | items | producer | n slots of `itemBytes` |
 *
 * Trust: the other process can write both indices. Each call reads each index once and requires it to be below n;
 * otherwise the result is `corrupt`.
 */
import type { Arena } from '../segment/arena.ts';
import { checkArray, checkLabel, checkWhole } from '../segment/arguments.ts';
import { type BufferReport, registerBuffer, unregisterBuffer } from '../segment/buffer-registry.ts';
import { type BoundedBufferDescriptor, maximumBytes, wordAlignment } from '../segment/descriptors.ts';
import { Lease } from '../segment/lease.ts';
import type { Region } from '../segment/region.ts';

const inWord = 0;
const outWord = 16;
const headerBytes = 128;

/** Size of a new bounded buffer. */
export interface BoundedBufferOptions {
  /** Name in reports and errors. */
  readonly label: string;
  /** n: one more than the number of items that fit. */
  readonly slots: number;
  /** Size of one item. */
  readonly itemBytes: number;
}

export type Consumed =
  | { readonly state: 'consumed'; readonly item: Uint8Array }
  | { readonly state: 'empty' }
  | { readonly state: 'corrupt' };

/**
 * The textbook's bounded buffer: `in`, `out`, and one slot that stays empty, so that a full buffer differs from an empty
 * one. One producer and one consumer.
 * @see A. Silberschatz, P. Galvin, G. Gagne, Operating System Concepts, 10th edition, section 3.5
 */
export class BoundedBuffer {
  readonly label: string;
  /** n. */
  readonly slots: number;
  readonly itemBytes: number;
  readonly #arena: Arena;
  readonly #region: Region;
  readonly #owned: boolean;
  readonly #words: Uint32Array<SharedArrayBuffer>;
  readonly #items: Uint8Array<SharedArrayBuffer>;
  /** Role of this process: set by the first produce or consume. */
  #role: 'writer' | 'reader' = 'writer';
  #corrupt = false;
  readonly #lease: Lease;

  private constructor(arena: Arena, region: Region, owned: boolean, { label, slots, itemBytes }: BoundedBufferOptions) {
    this.label = label;
    this.slots = slots;
    this.itemBytes = itemBytes;
    this.#lease = new Lease(`buffer "${label}"`, arena);
    this.#arena = arena;
    this.#region = region;
    this.#owned = owned;
    this.#words = region.words(0, headerBytes);
    this.#items = region.bytes(headerBytes);
    registerBuffer(this);
  }

  /**
   * Creates an empty buffer in an arena of this process.
   * @param arena that this process owns
   * @param options `slots`: n of the textbook; n - 1 items fit
   * @returns the buffer, for either role
   * @throws ArenaFullError, RangeError
   */
  static create(arena: Arena, options: BoundedBufferOptions): BoundedBuffer {
    checkLabel(options.label, 'the label');
    const { slots, itemBytes } = checkLayout(options);
    const region = arena.allocate('read-write', headerBytes + slots * itemBytes, wordAlignment);
    region.bytes(0, headerBytes).fill(0);
    return new BoundedBuffer(arena, region, true, options);
  }

  /**
   * Attaches the buffer in the peer.
   * @param arena that the peer owns
   * @param descriptor from the peer's `descriptor()`
   * @returns the buffer, for either role
   * @throws AttachError if it is not in `arena`
   */
  static attach(arena: Arena, descriptor: BoundedBufferDescriptor): BoundedBuffer {
    checkLayout(descriptor);
    const region = arena.region(descriptor.region);
    if (region.byteLength !== headerBytes + descriptor.slots * descriptor.itemBytes) {
      throw new RangeError(`buffer "${descriptor.label}": its region does not have the size of its layout`);
    }
    return new BoundedBuffer(arena, region, false, descriptor);
  }

  /** @returns the descriptor for the peer's `attach` */
  descriptor(): BoundedBufferDescriptor {
    this.#lease.assert();
    const { label, slots, itemBytes } = this;
    return { kind: 'bounded-buffer', label, region: this.#region.descriptor, slots, itemBytes };
  }

  /** The producer's index as it is in memory now, unchecked. */
  get in(): number {
    this.#lease.assert();
    return Atomics.load(this.#words, inWord);
  }

  /** The consumer's index as it is in memory now, unchecked. */
  get out(): number {
    this.#lease.assert();
    return Atomics.load(this.#words, outWord);
  }

  /**
   * Puts in an item of at most `itemBytes`, unless the buffer is full. For the producer.
   * @param item at most `itemBytes` bytes; the rest of its slot becomes 0
   * @returns `full` if there is no room, `corrupt` once the consumer has broken the rules
   * @throws RangeError for a longer item, TypeError if it is not a Uint8Array, ClosedMemoryError
   */
  tryProduce(item: Uint8Array): 'produced' | 'full' | 'corrupt' {
    this.#lease.assert();
    checkArray(item, Uint8Array, 'an item');
    if (item.byteLength > this.itemBytes) {
      throw new RangeError(`an item of ${item.byteLength} bytes in a slot of ${this.itemBytes}`);
    }
    this.#role = 'writer';
    const at = this.in;
    const out = this.out; // pairs with the consumer's store: slots before this index have been read
    if (!this.#valid(at, out)) return 'corrupt';
    const next = (at + 1) % this.slots;
    if (next === out) return 'full';
    const slot = this.#slot(at);
    slot.set(item);
    slot.fill(0, item.byteLength);
    Atomics.store(this.#words, inWord, next); // publishes the item
    return 'produced';
  }

  /**
   * Takes the oldest item out, unless the buffer is empty. `item` is a copy of `itemBytes`. For the consumer.
   * @returns the item, or `empty`, or `corrupt` once the producer has broken the rules
   */
  tryConsume(): Consumed {
    this.#lease.assert();
    this.#role = 'reader';
    const at = this.out;
    const to = this.in; // pairs with the producer's store: slots before this index are complete
    if (!this.#valid(to, at)) return { state: 'corrupt' };
    if (to === at) return { state: 'empty' };
    const item = new Uint8Array(this.#slot(at));
    Atomics.store(this.#words, outWord, (at + 1) % this.slots); // gives the slot back
    return { state: 'consumed', item };
  }

  /**
   * Repeats `tryProduce` until it succeeds: the textbook's loop, but the event loop goes on.
   * @param item at most `itemBytes` bytes
   * @param options `signal` ends the wait
   * @returns `corrupt` once the consumer has broken the rules
   * @throws the reason of `signal`, ClosedMemoryError if the buffer is closed meanwhile
   */
  async produce(item: Uint8Array, options: { readonly signal?: AbortSignal } = {}): Promise<'produced' | 'corrupt'> {
    for (;;) {
      const result = this.tryProduce(item);
      if (result !== 'full') return result;
      await turn(options.signal);
    }
  }

  /**
   * Repeats `tryConsume` until there is an item.
   * @param options `signal` ends the wait
   * @returns the item, or `corrupt` once the producer has broken the rules
   * @throws the reason of `signal`, ClosedMemoryError if the buffer is closed meanwhile
   */
  async consume(options: { readonly signal?: AbortSignal } = {}): Promise<Exclude<Consumed, { state: 'empty' }>> {
    for (;;) {
      const result = this.tryConsume();
      if (result.state !== 'empty') return result;
      await turn(options.signal);
    }
  }

  /** Ends the use of the buffer. The owner's `close` frees its memory: tell the peer first. */
  close(): void {
    if (!this.#lease.end()) return;
    unregisterBuffer(this);
    if (this.#owned && !this.#arena.destroyed) this.#arena.free(this.#region);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** For `buffers()`. */
  get usable(): boolean {
    return this.#lease.holds;
  }

  /**
   * For `buffers()`.
   * @returns indices and sizes as they are now
   */
  report(): BufferReport {
    this.#lease.assert();
    const words = Array.from(this.#words, (_, index) => Atomics.load(this.#words, index));
    const side = { pid: 0, generation: 1 };
    return {
      kind: 'bounded-buffer',
      label: this.label,
      role: this.#role,
      backend: this.#arena.backend,
      arena: this.#arena.label,
      bytes: this.#region.byteLength,
      slots: this.slots,
      slotBytes: this.itemBytes,
      writer: side,
      reader: side,
      sequence: { published: words[inWord] ?? 0, taken: words[outWord] ?? 0 },
      counts: { taken: 0, dropped: 0, torn: 0, overwritten: 0 },
      fault: this.#corrupt ? { reason: 'indices', detail: `an index was not below ${this.slots}` } : undefined,
      words,
    };
  }

  #slot(index: number): Uint8Array<SharedArrayBuffer> {
    return this.#items.subarray(index * this.itemBytes, (index + 1) * this.itemBytes);
  }

  #valid(...indices: number[]): boolean {
    if (indices.every((index) => index < this.slots)) return true;
    this.#corrupt = true;
    return false;
  }
}

/** Throws RangeError for a layout that cannot fit into any arena. */
function checkLayout<Layout extends { readonly slots: number; readonly itemBytes: number }>(layout: Layout): Layout {
  checkWhole(layout.itemBytes, 1, maximumBytes, 'an item’s length in bytes');
  checkWhole(layout.slots, 2, Math.floor(maximumBytes / layout.itemBytes), 'the count of slots');
  return layout;
}

function turn(signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  return new Promise((resolve) => setImmediate(resolve));
}
