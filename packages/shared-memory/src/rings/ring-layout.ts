/**
 * Layout of a ring in memory: one producer, one consumer, and a capacity that is a power of two.
 *
 * | byte | word | written by | |
 * |---|---|---|---|
 * | 0 | written | producer | total published, modulo 2^32: bytes in a record ring, elements in an element ring |
 * | 4 | producer PID | producer | not verified |
 * | 8 | generation | producer | its own |
 * | 12 | dropped | producer | total evicted records or elements, modulo 2^32 (drop-oldest only) |
 * | 128 | read | consumer | total released, modulo 2^32; with drop-oldest both sides move it, by compare-exchange |
 * | 132 | consumer PID | consumer | not verified |
 * | 136 | generation | consumer | its own |
 * | 256 | data | producer | `capacity` bytes or elements |
 *
 * The counters run freely and wrap at 2^32. `counter & (capacity - 1)` is the position, `(written - read) >>> 0` the
 * amount in the ring, so that no slot is wasted and an empty ring differs from a full one. The counters are two cache
 * lines apart, because processors fetch lines in pairs. Each side keeps the last value of the other's counter and reads
 * it again only if the ring seems full or empty.
 *
 * A ring of cells does not use `written`. A cell has 15 words of payload. Its 16th word is the stamp, written last: the
 * counter of the cell, which is 1 for the first. The consumer reads only the stamp.
 *
 * Each side keeps its own counter in private memory and checks the other's. An amount above the capacity is a fault.
 */
import { checkWhole } from '../segment/arguments.ts';

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

/** Words of a cell, which is one cache line. The last word is the stamp. */
export const cellWords = 16;
export const cellPayloadWords = 15;

/** Size of a record's header, bytes. The payload follows, padded to a multiple of 8. */
export const recordHeaderBytes = 8;
/** In a record's first word: this is not a record; continue at the start of the ring. */
export const paddingMark = 0xffff_ffff;

/** Returns the bytes that a record with a payload of `payloadBytes` takes in the ring. */
export function recordBytes(payloadBytes: number): number {
  return (recordHeaderBytes + payloadBytes + 7) & ~7;
}

/** The peer broke the rules in memory that it can write. This side cannot use the ring any more. */
export interface RingFault {
  readonly reason: 'counters' | 'record';
  /** The value found and the value expected, for the log. */
  readonly detail: string;
}

/** Policy of a full ring: it refuses the new data, or drops the oldest. */
export type Overflow = 'refuse' | 'drop-oldest';

/** Typed array of each element type, over shared or private memory. */
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

/** Constructor of each element type's array. */
export const elementArrays = {
  uint8: Uint8Array,
  int16: Int16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  float32: Float32Array,
  float64: Float64Array,
} as const satisfies Record<ElementType, unknown>;

/** Throws TypeError if `type` is not an element type. */
export function checkElementType(type: string): asserts type is ElementType {
  if (!Object.hasOwn(elementArrays, type)) throw new TypeError(`not an element type: ${String(type)}`);
}

/** Returns the amount in the ring, or undefined if the two counters contradict each other. */
export function fill(written: number, read: number, capacity: number): number | undefined {
  const used = (written - read) >>> 0;
  return used <= capacity ? used : undefined;
}

export function countersFault(written: number, read: number, capacity: number): RingFault {
  return { reason: 'counters', detail: `written ${written}, read ${read}, but there is room for ${capacity}` };
}

/** Rounds up to a power of two. */
export function powerOfTwo(wanted: number): number {
  checkWhole(wanted, 1, 2 ** 30, 'the capacity of a ring');
  return 2 ** Math.ceil(Math.log2(wanted));
}

/** Place and size of a ring. They come from its creator and are never read back from shared memory. */
export interface RingMemory {
  readonly label: string;
  readonly overflow: Overflow;
  /** Bytes or elements; a power of two. */
  readonly capacity: number;
  readonly header: Uint32Array<SharedArrayBuffer>;
  readonly data: Uint8Array<SharedArrayBuffer>;
}

/**
 * Computes the size of a ring of elements, for `onBuffer`.
 * @param type of the elements
 * @param capacity number of elements; rounded up to a power of two
 * @returns bytes, header included
 */
export function ringBytes(type: ElementType, capacity: number): number {
  checkElementType(type);
  return ringHeaderBytes + powerOfTwo(capacity) * elementArrays[type].BYTES_PER_ELEMENT;
}

/** Returns a ring in memory that threads of one process share, without an arena. */
export function ringOnBuffer(buffer: SharedArrayBuffer, type: ElementType, wanted: number): RingMemory {
  const bytes = ringBytes(type, wanted);
  if (!(buffer instanceof SharedArrayBuffer))
    throw new TypeError('a ring between threads must be in a SharedArrayBuffer');
  if (buffer.byteLength < bytes) throw new RangeError(`a ring of ${bytes} bytes in a buffer of ${buffer.byteLength}`);
  const capacity = powerOfTwo(wanted);
  const data = new Uint8Array(buffer, ringHeaderBytes, capacity * elementArrays[type].BYTES_PER_ELEMENT);
  const header = new Uint32Array(buffer, 0, ringHeaderBytes / 4);
  return { label: 'threads', overflow: 'refuse', capacity, header, data };
}
