import type { Arena } from '../segment/arena.ts';
import { type BufferReport, registerBuffer, unregisterBuffer } from '../segment/buffer-registry.ts';
import type { FrameBufferDescriptor } from '../segment/descriptors.ts';
import { Lease } from '../segment/lease.ts';
import {
  allocateFrameBuffer,
  describeFrameBuffer,
  type FrameBuffer,
  type FrameBufferOptions,
  findFrameBuffer,
  initialSlots,
  slotViews,
} from './frame-buffer.ts';
import {
  dirtyBit,
  type FrameFault,
  frameWord,
  frameWords,
  parseState,
  readerWord,
  type Slot,
  stateWord,
  thirdSlot,
} from './frame-layout.ts';
import { reportFrameBuffer } from './frame-report.ts';
import { type FrameHeader, readFrameWords } from './frame-words.ts';

/** A frame, in place in shared memory. Valid until `latest()` returns a new one. */
export interface Frame extends FrameHeader {
  /** Does not wrap. */
  readonly sequence: number;
  /** `strideBytes * height` bytes. A hostile writer can change them at any time; `torn` in the report counts that. */
  readonly pixels: Uint8Array;
  /** Number of frames published since the last taken one, and never seen. */
  readonly dropped: number;
}

export type Latest =
  | { readonly state: 'new'; readonly frame: Frame }
  /** No new frame. `frame` is the one held, undefined before the first. */
  | { readonly state: 'unchanged'; readonly frame: Frame | undefined }
  /** The writer broke the rules; no further frame will come. */
  | { readonly state: 'corrupt'; readonly fault: FrameFault };

/**
 * The reading side of a frame buffer: it gives the latest complete frame, in place. It never waits, whatever the writer
 * does, and never returns an older frame than before. One reader per buffer.
 *
 * Trust: every word that the writer can write is read once, checked, and then used. The bounds of the pixels come from
 * these checked numbers and the descriptor, so no view reaches outside the slot.
 */
export class FrameReader {
  readonly label: string;
  readonly generation: number;
  readonly #buffer: FrameBuffer;
  readonly #words: Uint32Array<SharedArrayBuffer>;
  readonly #slots: readonly Uint8Array<SharedArrayBuffer>[];
  readonly #owned: boolean;
  #slot: Slot;
  #sequence: number;
  #frame: Frame | undefined;
  #taken = 0;
  #dropped = 0;
  #torn = 0;
  #writerGeneration = 1;
  #fault: FrameFault | undefined;
  readonly #lease: Lease;

  private constructor(buffer: FrameBuffer, owned: boolean, generation: number, slot: Slot, sequence: number) {
    this.label = buffer.label;
    this.generation = generation;
    this.#buffer = buffer;
    this.#lease = new Lease(`frame buffer "${buffer.label}"`, buffer.arena);
    this.#words = buffer.control.words();
    this.#slots = slotViews(buffer);
    this.#owned = owned;
    this.#slot = slot;
    this.#sequence = sequence;
    Atomics.store(this.#words, readerWord.pid, process.pid);
    Atomics.store(this.#words, readerWord.generation, generation);
    this.#tell();
    registerBuffer(this);
  }

  /**
   * Creates a buffer in an arena of this process; the peer is the writer.
   * @param arena that this process owns
   * @param options `maximumFrameBytes`: stride times height of the largest frame
   * @returns the reading side
   * @throws ArenaFullError
   */
  static create(arena: Arena, options: FrameBufferOptions): FrameReader {
    const buffer = allocateFrameBuffer(arena, options, 'writer');
    return new FrameReader(buffer, true, 1, initialSlots.reader, options.sequence ?? 0);
  }

  /**
   * Attaches as the reader of a buffer that the arena's owner writes.
   * @param arena that the peer owns
   * @param descriptor from the peer's `readerDescriptor()`
   * @returns the reading side
   * @throws AttachError if it is not in `arena`
   */
  static attach(arena: Arena, descriptor: FrameBufferDescriptor): FrameReader {
    if (descriptor.role !== 'reader') throw new TypeError(`buffer "${descriptor.label}" is to be written, not read`);
    const { generation, slot, sequence } = descriptor;
    return new FrameReader(findFrameBuffer(arena, descriptor), false, generation, slot, sequence);
  }

  /** Set once the writer broke the rules. Drop the buffer then. */
  get fault(): FrameFault | undefined {
    return this.#fault;
  }

  /** Numbers of frames taken, dropped (published and never seen) and torn (changed while this reader held them). */
  get counts(): { readonly taken: number; readonly dropped: number; readonly torn: number } {
    return { taken: this.#taken, dropped: this.#dropped, torn: this.#torn };
  }

  /**
   * Takes the newest complete frame. If it is new, stop using the frame returned before.
   * @returns `new`, `unchanged`, or `corrupt` once the writer has broken the rules
   */
  latest(): Latest {
    this.#lease.assert();
    if (this.#fault) return { state: 'corrupt', fault: this.#fault };
    // Load first: an exchange would take the cache line from the writer at every poll.
    if ((Atomics.load(this.#words, stateWord) & dirtyBit) === 0) return { state: 'unchanged', frame: this.#frame };
    this.#countTorn();
    // Takes the frame and gives the old slot back. Pairs with the exchange in FrameWriter.publish(): everything that
    // the writer wrote before that is visible after this.
    const found = Atomics.exchange(this.#words, stateWord, this.#slot);
    const middle = parseState(found);
    if (!middle?.dirty || middle.slot === this.#slot) {
      return this.#corrupt({ reason: 'state-word', detail: `found ${found} while holding slot ${this.#slot}` });
    }
    this.#slot = middle.slot;
    return this.#take();
  }

  /**
   * @returns the descriptor for the writer. For the owner. Give it to one process only; use `replaceWriter` to replace
   *   it.
   */
  writerDescriptor(): FrameBufferDescriptor {
    this.#lease.assert();
    return this.#describeWriter(initialSlots.writer, this.#sequence);
  }

  /**
   * Gives the slot of a dead writer to the next writer. The last frame that was published can still be read. For the
   * owner, and only after the old writer's process has ended: otherwise both writers would draw in the same slot.
   * @returns the descriptor for the next writer
   */
  replaceWriter(): FrameBufferDescriptor {
    this.#lease.assert();
    this.#assertOwned();
    this.#writerGeneration += 1;
    const state = parseState(Atomics.load(this.#words, stateWord));
    const usable = state !== undefined && state.slot !== this.#slot && !this.#fault;
    this.#fault = undefined;
    // There is no writer now, so this side may repair an invalid word.
    const middle = usable ? state.slot : this.#slot === 0 ? 1 : 0;
    if (!usable) Atomics.store(this.#words, stateWord, middle);
    const sequence = usable && state.dirty ? this.#newestSequence(middle) : this.#sequence;
    return this.#describeWriter(thirdSlot(middle, this.#slot), sequence);
  }

  /** Ends the use of the buffer. The owner's `close` frees its memory for other buffers: tell the writer first. */
  close(): void {
    if (!this.#lease.end()) return;
    this.#frame = undefined;
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
    return reportFrameBuffer(this.#buffer, 'reader', this.#fault);
  }

  #take(): Latest {
    const header = readFrameWords(this.#words, this.#slot, this.#buffer.slotBytes);
    if ('reason' in header) return this.#corrupt(header);
    const ahead = this.#ahead(header.sequence);
    if (ahead === undefined) {
      const detail = `frame ${header.sequence} after frame ${this.#sequence >>> 0}`;
      return this.#corrupt({ reason: 'sequence', detail });
    }
    if (this.#owned && header.generation > this.#writerGeneration) {
      const detail = `generation ${header.generation}, but ${this.#writerGeneration} is the newest given out`;
      return this.#corrupt({ reason: 'generation', detail });
    }
    this.#sequence += ahead;
    this.#taken += 1;
    this.#dropped += ahead - 1;
    const pixels = this.#slots[this.#slot]!.subarray(0, header.strideBytes * header.height);
    this.#frame = { ...header, sequence: this.#sequence, pixels, dropped: ahead - 1 };
    this.#tell();
    return { state: 'new', frame: this.#frame };
  }

  /** Returns how many frames a sequence word is ahead, modulo 2^32; undefined if it is not ahead. */
  #ahead(sequenceWord: number): number | undefined {
    const ahead = (sequenceWord - this.#sequence) >>> 0;
    return ahead > 0 && ahead < 2 ** 31 ? ahead : undefined;
  }

  /** Counts a torn frame if the writer has begun to draw in the slot that this reader holds, which it must not do. */
  #countTorn(): void {
    if (!this.#frame) return;
    const drawing = Atomics.load(this.#words, frameWords(this.#slot) + frameWord.drawing);
    if (drawing !== this.#frame.sequence >>> 0) this.#torn += 1;
  }

  /**
   * Includes a frame that the dead writer published and the reader did not take: the next writer must continue after
   * it.
   */
  #newestSequence(middle: Slot): number {
    const sequenceWord = Atomics.load(this.#words, frameWords(middle) + frameWord.sequence);
    return this.#sequence + (this.#ahead(sequenceWord) ?? 0);
  }

  #assertOwned(): void {
    if (!this.#owned)
      throw new TypeError(`buffer "${this.label}" belongs to another process: only its owner can describe it`);
  }

  #describeWriter(slot: Slot, sequence: number): FrameBufferDescriptor {
    this.#assertOwned();
    return describeFrameBuffer(this.#buffer, 'writer', { generation: this.#writerGeneration, slot, sequence });
  }

  #corrupt(fault: FrameFault): Latest {
    this.#fault = fault;
    this.#frame = undefined;
    return { state: 'corrupt', fault };
  }

  /** Writes the reader's control words, for display. */
  #tell(): void {
    Atomics.store(this.#words, readerWord.sequence, this.#sequence);
    Atomics.store(this.#words, readerWord.taken, this.#taken);
    Atomics.store(this.#words, readerWord.dropped, this.#dropped);
    Atomics.store(this.#words, readerWord.torn, this.#torn);
    Atomics.store(this.#words, readerWord.slot, this.#slot);
  }
}
