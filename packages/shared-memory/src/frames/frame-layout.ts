/**
 * Layout of a frame buffer in memory: three slots of pixels, and one block of control words.
 *
 * Control block. Words have 32 bits and are little-endian. Each line of 64 bytes has one writer, so that the two sides
 * do not compete for a cache line:
 *
 * | byte | word | written by | |
 * |---|---|---|---|
 * | 0 | state | both, by atomic exchange only | bits 0-1: the middle slot; bit 2, dirty: that slot has a frame not yet
 * taken |
 * | 64 | writer PID | writer | not verified |
 * | 68 | generation | writer | its own |
 * | 72 | sequence | writer | of the last published frame, modulo 2^32 |
 * | 76 | overwritten | writer | number of frames that replaced one not yet taken |
 * | 80 | slot | writer | the slot that it holds |
 * | 128 | reader PID | reader | not verified |
 * | 132 | generation | reader | its own |
 * | 136 | sequence | reader | of the last taken frame, modulo 2^32 |
 * | 140, 144, 148 | taken, dropped, torn | reader | numbers of frames since it attached |
 * | 152 | slot | reader | the slot that it holds |
 * | 192, 256, 320 | frame words of slot 0, 1, 2 | writer, while it holds the slot | table below |
 *
 * Frame words, from the start of the line:
 *
 * | byte | word | |
 * |---|---|---|
 * | 0 | drawing | sequence of the frame that is drawn into this slot, written before the first pixel |
 * | 4 | sequence | sequence of the complete frame in it, written after the last pixel |
 * | 8, 12, 16 | width, height, stride | pixels, pixels, bytes |
 * | 20 | pixel format | index in `pixelFormats` |
 * | 24, 28, 32, 36 | dirty x, y, width, height | pixels: area that differs from the frame before |
 * | 40 | generation | of the writer that drew it |
 * | 48 | timestamp | 64-bit float, microseconds of CLOCK_MONOTONIC |
 *
 * At every moment each slot belongs to exactly one of three: the writer (which draws in it), the middle (a complete
 * frame, or empty at first), the reader (which reads it). Only the exchange of `state` moves a slot, and it moves two
 * at once. So no frame is torn and no side waits. A process that dies holds exactly one slot: the one that neither the
 * survivor nor the middle has.
 *
 * Lines 64 and 128 are for display. Neither side acts on the words that the other wrote there.
 */
export const slotCount = 3;
export const controlBytes = 384;

export const stateWord = 0;
export const slotMask = 0b011;
export const dirtyBit = 0b100;

export const writerWord = { pid: 16, generation: 17, sequence: 18, overwritten: 19, slot: 20 } as const;
export const readerWord = {
  pid: 32,
  generation: 33,
  sequence: 34,
  taken: 35,
  dropped: 36,
  torn: 37,
  slot: 38,
} as const;

/** Index of the first frame word of a slot. */
export const frameWords = (slot: number): number => 48 + 16 * slot;
export const frameWord = {
  drawing: 0,
  sequence: 1,
  width: 2,
  height: 3,
  strideBytes: 4,
  format: 5,
  dirtyX: 6,
  dirtyY: 7,
  dirtyWidth: 8,
  dirtyHeight: 9,
  generation: 10,
  /** Two words: a 64-bit float. */
  timestampUs: 12,
} as const;

export type Slot = 0 | 1 | 2;

/** Bytes in memory order. `bgra8` is what Electron paints. Append only: the index is in shared memory. */
export const pixelFormats = ['bgra8', 'rgba8', 'gray8'] as const;
export type PixelFormat = (typeof pixelFormats)[number];
export const bytesPerPixel: Record<PixelFormat, number> = { bgra8: 4, rgba8: 4, gray8: 1 };

/** Largest width or height of a frame, pixels. Products of edges stay exact below it. */
export const maximumEdge = 65_535;

/** In pixels, from the top left. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Clips a dirty rectangle to the frame. The rectangle is a hint, so one that is too large is not an error. */
export function clampRectangle(rectangle: Rectangle, frameWidth: number, frameHeight: number): Rectangle {
  const x = Math.min(Math.max(rectangle.x, 0), frameWidth);
  const y = Math.min(Math.max(rectangle.y, 0), frameHeight);
  const right = Math.min(Math.max(rectangle.x + rectangle.width, x), frameWidth);
  const bottom = Math.min(Math.max(rectangle.y + rectangle.height, y), frameHeight);
  return { x, y, width: right - x, height: bottom - y };
}

/** The peer broke the rules in memory that it can write. This side cannot use the buffer any more. */
export interface FrameFault {
  /** `message`: a correct peer never sends the message that came over the port. */
  readonly reason: 'state-word' | 'sequence' | 'generation' | 'geometry' | 'pixel-format' | 'timestamp' | 'message';
  /** The value found and the value expected, for the log. */
  readonly detail: string;
}

/** Parses a state word. Returns undefined for a word that a correct peer never writes. */
export function parseState(word: number): { slot: Slot; dirty: boolean } | undefined {
  const slot = word & slotMask;
  if (word > (slotMask | dirtyBit) || (slot !== 0 && slot !== 1 && slot !== 2)) return undefined;
  return { slot, dirty: (word & dirtyBit) !== 0 };
}

/** Returns the slot that is neither of the two. */
export function thirdSlot(one: Slot, other: Slot): Slot {
  return (slotCount - one - other) as Slot;
}

/**
 * @returns the time now in microseconds, on the monotonic clock that all processes of the machine share
 * @see clock_gettime(2), CLOCK_MONOTONIC
 */
export function monotonicUs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e6 + nanoseconds / 1e3;
}
