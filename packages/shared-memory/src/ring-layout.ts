/**
 * A ring in memory: one producer, one consumer, and a power of two of room between them.
 *
 * | byte | word | written by | |
 * |---|---|---|---|
 * | 0 | written | producer | everything ever published, modulo 2^32: bytes of a record ring, elements of an element ring |
 * | 4 | producer PID | producer | as it claims |
 * | 8 | generation | producer | its own |
 * | 12 | dropped | producer | records or elements that it evicted, modulo 2^32 (drop-oldest only) |
 * | 128 | read | consumer | everything ever released, modulo 2^32; with drop-oldest both move it, by compare-exchange |
 * | 132 | consumer PID | consumer | as it claims |
 * | 136 | generation | consumer | its own |
 * | 256 | data | producer | `capacity` bytes or elements |
 *
 * The counters run freely and wrap at 2^32; `counter & (capacity - 1)` is the place, `(written - read) >>> 0` what is in
 * it, so that no slot is wasted and empty and full differ. They are two cache lines apart, because processors fetch
 * lines in pairs. Each side remembers the other's counter and looks again only when it seems to have run out.
 *
 * A ring of cells has in place of `written` a stamp in each cell: 15 words of payload, and in the 16th the counter of
 * the cell, 1 for the very first, written last. The consumer looks only there.
 *
 * Each side trusts its own memory for its own counter, and checks the other's: more in it than fits is corruption.
 */
import { checkWhole } from './arguments.ts';

export const ringWord = {
  written: 0,
  writerPid: 1,
  writerGeneration: 2,
  dropped: 3,
  read: 32,
  readerPid: 33,
  readerGeneration: 34,
} as const;

export const ringHeaderBytes = 256;

/** A cell is a cache line: so many words, the last of which is its stamp. */
export const cellWords = 16;
export const cellPayloadWords = 15;

/** A record: this many bytes of header, then the payload, filled up to a multiple of 8. */
export const recordHeaderBytes = 8;
/** In a record's first word: no record, go on at the ring's beginning. */
export const paddingMark = 0xffff_ffff;

/** Bytes that a record of `payloadBytes` takes in the ring. */
export function recordBytes(payloadBytes: number): number {
  return (recordHeaderBytes + payloadBytes + 7) & ~7;
}

/** What was found wrong in memory that the peer can write. The ring is of no more use to this side. */
export interface RingFault {
  readonly reason: 'counters' | 'record';
  /** What was read and what was expected, for the log. */
  readonly detail: string;
}

/** What to do when there is no room: refuse the new, or give up the oldest. */
export type Overflow = 'refuse' | 'drop-oldest';

/** The typed arrays of an element ring, over shared memory or not. */
export interface ElementArrays {
  uint8: Uint8Array;
  int16: Int16Array;
  int32: Int32Array;
  uint32: Uint32Array;
  float32: Float32Array;
  float64: Float64Array;
}

export type ElementType = keyof ElementArrays;
export type Elements<Type extends ElementType> = ElementArrays[Type];

/** Their constructors. */
export const elementArrays = {
  uint8: Uint8Array,
  int16: Int16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  float32: Float32Array,
  float64: Float64Array,
} as const satisfies Record<ElementType, unknown>;

/** Throws TypeError for what is no type of element. */
export function checkElementType(type: string): asserts type is ElementType {
  if (!Object.hasOwn(elementArrays, type)) throw new TypeError(`no type of element: ${String(type)}`);
}

/** How much is in the ring, or undefined when the two counters cannot both be true. */
export function fill(written: number, read: number, capacity: number): number | undefined {
  const used = (written - read) >>> 0;
  return used <= capacity ? used : undefined;
}

export function countersFault(written: number, read: number, capacity: number): RingFault {
  return { reason: 'counters', detail: `written ${written}, read ${read}, but there is room for ${capacity}` };
}

/** The smallest power of two that is not less. */
export function powerOfTwo(wanted: number): number {
  checkWhole(wanted, 1, 2 ** 30, 'what a ring holds');
  return 2 ** Math.ceil(Math.log2(wanted));
}

/** Where a ring lies and how large it is, from its creator: nothing of it is ever read back from shared memory. */
export interface RingMemory {
  readonly label: string;
  readonly overflow: Overflow;
  /** Bytes or elements; a power of two. */
  readonly capacity: number;
  readonly header: Uint32Array<SharedArrayBuffer>;
  readonly data: Uint8Array<SharedArrayBuffer>;
}

/** What a ring of elements takes. */
export function ringBytes(type: ElementType, capacity: number): number {
  checkElementType(type);
  return ringHeaderBytes + powerOfTwo(capacity) * elementArrays[type].BYTES_PER_ELEMENT;
}

/** A ring over memory that threads of one process have in common: no arena, no other process. */
export function ringOnBuffer(buffer: SharedArrayBuffer, type: ElementType, wanted: number): RingMemory {
  const bytes = ringBytes(type, wanted);
  if (!(buffer instanceof SharedArrayBuffer)) throw new TypeError('a ring between threads is in a SharedArrayBuffer');
  if (buffer.byteLength < bytes) throw new RangeError(`a ring of ${bytes} bytes in a buffer of ${buffer.byteLength}`);
  const capacity = powerOfTwo(wanted);
  const data = new Uint8Array(buffer, ringHeaderBytes, capacity * elementArrays[type].BYTES_PER_ELEMENT);
  const header = new Uint32Array(buffer, 0, ringHeaderBytes / 4);
  return { label: 'threads', overflow: 'refuse', capacity, header, data };
}
