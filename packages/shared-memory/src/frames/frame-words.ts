import {
  bytesPerPixel,
  clampRectangle,
  type FrameFault,
  frameWord,
  frameWords,
  maximumEdge,
  type PixelFormat,
  pixelFormats,
  type Rectangle,
  type Slot,
} from './frame-layout.ts';

/** The checked contents of a slot's frame words. Their pixels lie inside the slot. */
export interface FrameHeader {
  /** Modulo 2^32. */
  readonly sequence: number;
  readonly generation: number;
  readonly width: number;
  readonly height: number;
  readonly strideBytes: number;
  readonly format: PixelFormat;
  readonly dirty: Rectangle;
  readonly timestampUs: number;
}

/**
 * Writes the frame words of a slot that the writer holds. Plain stores are enough: the exchange of the state word
 * publishes them. `times` is the same memory as `words`.
 */
export function writeFrameWords(words: Uint32Array, times: Float64Array, slot: Slot, header: FrameHeader): void {
  const first = frameWords(slot);
  words[first + frameWord.drawing] = header.sequence; // for a writer that did not call `borrow`
  words[first + frameWord.sequence] = header.sequence;
  words[first + frameWord.width] = header.width;
  words[first + frameWord.height] = header.height;
  words[first + frameWord.strideBytes] = header.strideBytes;
  words[first + frameWord.format] = pixelFormats.indexOf(header.format);
  words[first + frameWord.dirtyX] = header.dirty.x;
  words[first + frameWord.dirtyY] = header.dirty.y;
  words[first + frameWord.dirtyWidth] = header.dirty.width;
  words[first + frameWord.dirtyHeight] = header.dirty.height;
  words[first + frameWord.generation] = header.generation;
  times[(first + frameWord.timestampUs) / 2] = header.timestampUs;
}

/**
 * Reads each frame word of a slot exactly once. The writer may change them at any time, so a second read could return a
 * value that was not checked. Returns a fault for values that a correct writer never writes. Never throws.
 */
export function readFrameWords(words: Uint32Array, slot: Slot, slotBytes: number): FrameHeader | FrameFault {
  const first = frameWords(slot);
  const load = (word: number): number => Atomics.load(words, first + word);
  const width = load(frameWord.width);
  const height = load(frameWord.height);
  const strideBytes = load(frameWord.strideBytes);
  const format = pixelFormats[load(frameWord.format)];
  if (!format) return { reason: 'pixel-format', detail: 'no such pixel format' };
  const fits = width > 0 && height > 0 && width <= maximumEdge && height <= maximumEdge;
  if (!fits || strideBytes < width * bytesPerPixel[format] || strideBytes * height > slotBytes) {
    const detail = `${width} x ${height}, ${strideBytes} bytes a line, in a slot of ${slotBytes} bytes`;
    return { reason: 'geometry', detail };
  }
  const timestampUs = readTimestamp(words, first + frameWord.timestampUs);
  if (!(timestampUs >= 0 && timestampUs < Number.MAX_SAFE_INTEGER)) {
    return { reason: 'timestamp', detail: `${timestampUs} us` };
  }
  const dirty = clampRectangle(
    {
      x: load(frameWord.dirtyX),
      y: load(frameWord.dirtyY),
      width: load(frameWord.dirtyWidth),
      height: load(frameWord.dirtyHeight),
    },
    width,
    height,
  );
  const sequence = load(frameWord.sequence);
  const generation = load(frameWord.generation);
  return { sequence, generation, width, height, strideBytes, format, dirty, timestampUs };
}

const scratch = new DataView(new ArrayBuffer(8));

/** Reads a float64 from two words, each read once. */
function readTimestamp(words: Uint32Array, index: number): number {
  scratch.setUint32(0, Atomics.load(words, index), true);
  scratch.setUint32(4, Atomics.load(words, index + 1), true);
  return scratch.getFloat64(0, true);
}
