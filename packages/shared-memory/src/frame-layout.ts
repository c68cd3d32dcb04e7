/**
 * A frame buffer in memory: three slots of pixels, and one block of control words.
 *
 * Control block (32-bit little-endian words; each line of 64 bytes has one writer, so that the two sides do not
 * take a cache line from each other for nothing):
 *
 * | byte | word | written by | |
 * |---|---|---|---|
 * | 0 | state | both, by atomic exchange only | bits 0-1 the middle slot, bit 2 dirty: it holds a frame not yet taken |
 * | 64 | writer PID | writer | as it claims |
 * | 68 | generation | writer | its own |
 * | 72 | sequence | writer | of the last frame published, modulo 2^32 |
 * | 76 | overwritten | writer | frames that it published over one not yet taken |
 * | 80 | slot | writer | the one it holds |
 * | 128 | reader PID | reader | as it claims |
 * | 132 | generation | reader | its own |
 * | 136 | sequence | reader | of the last frame taken, modulo 2^32 |
 * | 140, 144, 148 | taken, dropped, torn | reader | frames, since it attached |
 * | 152 | slot | reader | the one it holds |
 * | 192, 256, 320 | frame words of slot 0, 1, 2 | the writer while it holds the slot | table below |
 *
 * Frame words, from the line's beginning:
 *
 * | byte | word | |
 * |---|---|---|
 * | 0 | drawing | the sequence being drawn into this slot, written before the first pixel |
 * | 4 | sequence | the sequence that is complete in it, written after the last pixel |
 * | 8, 12, 16 | width, height, stride | pixels, pixels, bytes |
 * | 20 | pixel format | index in `pixelFormats` |
 * | 24, 28, 32, 36 | dirty x, y, width, height | pixels: what differs from the frame before |
 * | 40 | generation | of the writer that drew it |
 * | 48 | timestamp | 64-bit float, microseconds of CLOCK_MONOTONIC |
 *
 * At every moment each slot belongs to exactly one of three: the writer (drawing), the middle (complete, or empty at the
 * beginning), the reader (reading). The exchange of `state` is the only thing that moves a slot, and it moves two at
 * once: so nothing is ever torn, nobody ever waits, and whoever dies holds exactly one slot, which is the one that
 * neither the survivor nor the middle has.
 *
 * Lines 64, 128 and the PIDs in them are for people to look at. Neither side acts on what the other wrote there.
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

/** The first of a slot's frame words. */
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

/** Pixels: no picture is wider or higher. Keeps every product of edges exact. */
export const maximumEdge = 65_535;

/** In pixels from the top left. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A dirty rectangle is advice: what sticks out of the frame is cut off rather than refused. */
export function clampRectangle(rectangle: Rectangle, frameWidth: number, frameHeight: number): Rectangle {
  const x = Math.min(Math.max(rectangle.x, 0), frameWidth);
  const y = Math.min(Math.max(rectangle.y, 0), frameHeight);
  const right = Math.min(Math.max(rectangle.x + rectangle.width, x), frameWidth);
  const bottom = Math.min(Math.max(rectangle.y + rectangle.height, y), frameHeight);
  return { x, y, width: right - x, height: bottom - y };
}

/** What was found wrong in memory that the peer can write. The buffer is of no more use to this side. */
export interface FrameFault {
  /** `message`: what came over a port is no message that one who keeps the rules sends. */
  readonly reason: 'state-word' | 'sequence' | 'generation' | 'geometry' | 'pixel-format' | 'timestamp' | 'message';
  /** What was read and what was expected, for the log. */
  readonly detail: string;
}

/** A state word taken apart, or undefined when no such word can have been written by a correct peer. */
export function parseState(word: number): { slot: Slot; dirty: boolean } | undefined {
  const slot = word & slotMask;
  if (word > (slotMask | dirtyBit) || (slot !== 0 && slot !== 1 && slot !== 2)) return undefined;
  return { slot, dirty: (word & dirtyBit) !== 0 };
}

/** The slot that is neither of two. */
export function thirdSlot(one: Slot, other: Slot): Slot {
  return (slotCount - one - other) as Slot;
}

/** Now, in microseconds, on the clock that all processes of the machine share. */
export function monotonicUs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e6 + nanoseconds / 1e3;
}
