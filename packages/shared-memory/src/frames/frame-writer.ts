import type { Arena } from '../segment/arena.ts';
import { checkArray } from '../segment/arguments.ts';
import { type BufferReport, registerBuffer, unregisterBuffer } from '../segment/buffer-registry.ts';
import type { FrameBufferDescriptor } from '../segment/descriptors.ts';
import { Lease } from '../segment/lease.ts';
import { copyPixels, copyRectangle } from './copy-pixels.ts';
import { Damage } from './damage.ts';
import {
  allocateFrameBuffer,
  describeFrameBuffer,
  type FrameBuffer,
  type FrameBufferOptions,
  findFrameBuffer,
  initialSlots,
  slotViews,
} from './frame-buffer.ts';
import { type CompleteInfo, completeInfo, type FrameInfo } from './frame-info.ts';
import {
  bytesPerPixel,
  dirtyBit,
  type FrameFault,
  frameWord,
  frameWords,
  parseState,
  type Slot,
  stateWord,
  thirdSlot,
  writerWord,
} from './frame-layout.ts';
import type { Frame } from './frame-reader.ts';
import { reportFrameBuffer } from './frame-report.ts';
import { writeFrameWords } from './frame-words.ts';

/** A slot to draw in. It belongs to the writer alone until `publish`. */
export interface Loan {
  /** The whole slot, in shared memory. */
  readonly pixels: Uint8Array;
  /** Number of the frame to come. */
  readonly sequence: number;
  /** How many frames ago the pixels in this slot were published. 0: of no known frame, so draw the whole frame. */
  readonly age: number;
}

export type PublishResult =
  /** `overwritten`: the reader never took the frame before, and it is gone. */
  | { readonly state: 'published'; readonly sequence: number; readonly overwritten: boolean }
  /** The reader broke the rules; nothing can be published any more. */
  | { readonly state: 'corrupt'; readonly fault: FrameFault };

/**
 * The writing side of a frame buffer: borrow a slot, draw in it, publish it. It never waits, whatever the reader does.
 * One writer per buffer. Give each of several readers its own buffer, and publish to each (see README, "Fan-out").
 *
 * Trust: of the words that the reader can write, the writer reads only `state`. It reads it once per publish and checks
 * it.
 * @see H. Simpson, Four-slot fully asynchronous communication mechanism, IEE Proceedings E 137(1), 1990: the same task
 *   without an atomic exchange, which takes a fourth slot
 */
export class FrameWriter {
  readonly label: string;
  /** The largest frame that `publish` takes: stride times height. */
  readonly maximumFrameBytes: number;
  readonly generation: number;
  readonly #buffer: FrameBuffer;
  readonly #words: Uint32Array<SharedArrayBuffer>;
  readonly #times: Float64Array<SharedArrayBuffer>;
  readonly #slots: readonly Uint8Array<SharedArrayBuffer>[];
  readonly #owned: boolean;
  /** Sequence of the frame in each slot, as far as this writer knows; 0 for none. */
  readonly #published: [number, number, number] = [0, 0, 0];
  readonly #damage = new Damage();
  #slot: Slot;
  #sequence: number;
  #overwritten = 0;
  #last: { readonly slot: Slot; readonly frame: CompleteInfo } | undefined;
  #readerGeneration = 1;
  #fault: FrameFault | undefined;
  readonly #lease: Lease;

  private constructor(buffer: FrameBuffer, owned: boolean, generation: number, slot: Slot, sequence: number) {
    this.label = buffer.label;
    this.maximumFrameBytes = buffer.slotBytes;
    this.generation = generation;
    this.#buffer = buffer;
    this.#lease = new Lease(`frame buffer "${buffer.label}"`, buffer.arena);
    this.#words = buffer.control.words();
    this.#times = new Float64Array(this.#words.buffer, this.#words.byteOffset, this.#words.length / 2);
    this.#slots = slotViews(buffer);
    this.#owned = owned;
    this.#slot = slot;
    this.#sequence = sequence;
    Atomics.store(this.#words, writerWord.pid, process.pid);
    Atomics.store(this.#words, writerWord.generation, generation);
    Atomics.store(this.#words, writerWord.slot, slot);
    Atomics.store(this.#words, writerWord.sequence, sequence);
    registerBuffer(this);
  }

  /**
   * Creates a buffer in an arena of this process; the peer is the reader.
   * @param arena that this process owns
   * @param options `maximumFrameBytes`: stride times height of the largest frame
   * @returns the writing side
   * @throws ArenaFullError
   */
  static create(arena: Arena, options: FrameBufferOptions): FrameWriter {
    const buffer = allocateFrameBuffer(arena, options, 'reader');
    return new FrameWriter(buffer, true, 1, initialSlots.writer, options.sequence ?? 0);
  }

  /**
   * Attaches as the writer of a buffer that the arena's owner reads.
   * @param arena that the peer owns
   * @param descriptor from the peer's `writerDescriptor()`
   * @returns the writing side
   * @throws AttachError if it is not in `arena`
   */
  static attach(arena: Arena, descriptor: FrameBufferDescriptor): FrameWriter {
    if (descriptor.role !== 'writer') throw new TypeError(`buffer "${descriptor.label}" is to be read, not written`);
    const { generation, slot, sequence } = descriptor;
    return new FrameWriter(findFrameBuffer(arena, descriptor), false, generation, slot, sequence);
  }

  /** Set once the reader broke the rules. Drop the buffer then. */
  get fault(): FrameFault | undefined {
    return this.#fault;
  }

  /** Number of the last published frame; 0 before the first. */
  get sequence(): number {
    return this.#sequence;
  }

  /**
   * @returns the last published frame, in place: for example the last frame of a dead tab. Valid until the next
   *   `publish`.
   */
  last(): Frame | undefined {
    this.#lease.assert();
    if (!this.#last) return undefined;
    const { slot, frame } = this.#last;
    const pixels = this.#slots[slot]!.subarray(0, frame.strideBytes * frame.height);
    return { ...frame, sequence: this.#sequence, generation: this.generation, dropped: 0, pixels };
  }

  /**
   * @returns the slot to draw in, the same one until it is published
   * @throws while the arena has not taken its memory
   */
  borrow(): Loan {
    this.#lease.assert();
    if (!this.#buffer.pixels.segment.isTaken) throw new TypeError(`frame buffer "${this.label}" has no memory yet`);
    const sequence = this.#sequence + 1;
    // Stored before the first pixel: a reader that still read this slot (it must not) would see the change.
    Atomics.store(this.#words, frameWords(this.#slot) + frameWord.drawing, sequence);
    const published = this.#published[this.#slot];
    this.#published[this.#slot] = 0;
    const age = published === 0 ? 0 : sequence - published;
    return { pixels: this.#slots[this.#slot]!, sequence, age };
  }

  /**
   * Calls `borrow`, copies, and calls `publish`, for pixels that are already painted elsewhere. Only the area that has
   * changed since the frame in the slot is copied. So `dirty` must cover every difference from the last published
   * frame, not only from the last painted one.
   * @param pixels the whole frame: `strideBytes` times `height` bytes
   * @param info sizes in pixels, the stride in bytes
   * @returns `corrupt` once the reader has broken the rules
   */
  write(pixels: Uint8Array, info: FrameInfo): PublishResult {
    this.#lease.assert();
    checkArray(pixels, Uint8Array, 'pixels');
    if (this.#fault) return { state: 'corrupt', fault: this.#fault };
    const frame = completeInfo(info, this.maximumFrameBytes);
    const { strideBytes, height, format, dirty } = frame;
    if (pixels.byteLength < strideBytes * height) {
      throw new RangeError(`${pixels.byteLength} bytes of pixels for a frame of ${strideBytes * height}`);
    }
    const loan = this.borrow();
    const stale = this.#damage.since(loan.age, frame, dirty);
    if (stale) copyRectangle(loan.pixels, pixels, strideBytes, bytesPerPixel[format], stale);
    else copyPixels(loan.pixels, pixels.subarray(0, strideBytes * height));
    return this.#publish(frame);
  }

  /**
   * Hands the slot over and takes another.
   * @param info sizes in pixels, the stride in bytes
   * @returns `corrupt` once the reader has broken the rules
   * @throws RangeError if the frame does not fit into a slot
   */
  publish(info: FrameInfo): PublishResult {
    this.#lease.assert();
    if (this.#fault) return { state: 'corrupt', fault: this.#fault };
    return this.#publish(completeInfo(info, this.maximumFrameBytes));
  }

  #publish(frame: CompleteInfo): PublishResult {
    const sequence = this.#sequence + 1;
    const slot = this.#slot;
    writeFrameWords(this.#words, this.#times, slot, { ...frame, sequence, generation: this.generation });
    // Publishes the frame. Pairs with the exchange in FrameReader.latest(): pixels and frame words are visible after
    // that.
    const found = Atomics.exchange(this.#words, stateWord, slot | dirtyBit);
    const middle = parseState(found);
    if (!middle || middle.slot === slot) {
      this.#fault = { reason: 'state-word', detail: `found ${found} while holding slot ${slot}` };
      return { state: 'corrupt', fault: this.#fault };
    }
    this.#slot = middle.slot;
    this.#sequence = sequence;
    this.#published[slot] = sequence;
    this.#damage.add(frame, frame.dirty);
    this.#last = { slot, frame };
    if (middle.dirty) this.#overwritten += 1;
    Atomics.store(this.#words, writerWord.slot, middle.slot);
    Atomics.store(this.#words, writerWord.sequence, sequence);
    Atomics.store(this.#words, writerWord.overwritten, this.#overwritten);
    return { state: 'published', sequence, overwritten: middle.dirty };
  }

  /**
   * @returns the descriptor for the reader. For the owner. Give it to one process only; use `replaceReader` to replace
   *   it.
   */
  readerDescriptor(): FrameBufferDescriptor {
    this.#lease.assert();
    const state = parseState(Atomics.load(this.#words, stateWord));
    return this.#describeReader(initialSlots.reader, state?.dirty ?? false);
  }

  /**
   * Takes back the slot of a dead reader and gives the next reader a slot. The last frame that the dead reader took is
   * offered again, unless there is a newer one. For the owner, and only after the old reader's process has ended:
   * otherwise both readers would hold the same slot.
   * @returns the descriptor for the next reader
   */
  replaceReader(): FrameBufferDescriptor {
    this.#lease.assert();
    this.#assertOwned();
    this.#readerGeneration += 1;
    this.#fault = undefined;
    const state = parseState(Atomics.load(this.#words, stateWord));
    // The dead reader may have left any value in the word. There is no reader now, so this side may repair it.
    const usable = state !== undefined && state.slot !== this.#slot;
    const middle = usable ? state.slot : this.#slot === 0 ? 1 : 0;
    const freed = thirdSlot(middle, this.#slot);
    if (usable && state.dirty) return this.#describeReader(freed, true);
    const again = this.#sequence > 0 && this.#published[freed] === this.#sequence;
    Atomics.store(this.#words, stateWord, again ? freed | dirtyBit : middle);
    return this.#describeReader(again ? middle : freed, again);
  }

  /** Ends the use of the buffer. The owner's `close` frees its memory for other buffers: tell the reader first. */
  close(): void {
    if (!this.#lease.end()) return;
    unregisterBuffer(this);
    if (!this.#owned || this.#buffer.arena.destroyed) return;
    this.#buffer.arena.free(this.#buffer.control);
    this.#buffer.arena.free(this.#buffer.pixels);
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
   * @returns counts and control words as they are now
   */
  report(): BufferReport {
    this.#lease.assert();
    return reportFrameBuffer(this.#buffer, 'writer', this.#fault);
  }

  #assertOwned(): void {
    if (!this.#owned)
      throw new TypeError(`buffer "${this.label}" belongs to another process: only its owner can describe it`);
  }

  /** `pending`: the last published frame is in the middle and not yet taken. */
  #describeReader(slot: Slot, pending: boolean): FrameBufferDescriptor {
    this.#assertOwned();
    const sequence = pending ? this.#sequence - 1 : this.#sequence;
    const at = { generation: this.#readerGeneration, slot, sequence };
    return describeFrameBuffer(this.#buffer, 'reader', at);
  }
}
