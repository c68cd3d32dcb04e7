import { checkTime, checkWhole } from './arguments.ts';
import {
  bytesPerPixel,
  clampRectangle,
  maximumEdge,
  monotonicUs,
  type PixelFormat,
  pixelFormats,
  type Rectangle,
} from './frame-layout.ts';

/** What is published with the pixels. */
export interface FrameInfo {
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  readonly format: PixelFormat;
  /** From one line's beginning to the next one's. Default: no padding. */
  readonly strideBytes?: number;
  /** What differs from the frame published before. Default: all of it. */
  readonly dirty?: Rectangle;
  /** When it was painted, on the clock of `monotonicUs`. Default: now. */
  readonly timestampUs?: number;
}

export type CompleteInfo = Required<FrameInfo>;

/**
 * Completes what `info` leaves out. Throws RangeError when a slot of `slotBytes` cannot hold such a frame, or a number is
 * none that a frame can have; TypeError for another pixel format.
 */
export function completeInfo(info: FrameInfo, slotBytes: number): CompleteInfo {
  const { width, height, format } = info;
  if (!pixelFormats.includes(format)) throw new TypeError(`no pixel format: ${String(format)}`);
  checkWhole(width, 1, maximumEdge, 'a frame’s width in pixels');
  checkWhole(height, 1, maximumEdge, 'a frame’s height in pixels');
  const lineBytes = width * bytesPerPixel[format];
  const strideBytes = info.strideBytes ?? lineBytes;
  checkWhole(strideBytes, lineBytes, Math.max(lineBytes, slotBytes), 'a frame’s bytes from line to line');
  if (strideBytes * height > slotBytes) {
    throw new RangeError(`a frame of ${strideBytes * height} bytes in a slot of ${slotBytes}`);
  }
  const timestampUs = info.timestampUs ?? monotonicUs();
  checkTime(timestampUs, 'a frame’s time in microseconds');
  if (timestampUs >= Number.MAX_SAFE_INTEGER) throw new RangeError(`a frame's time cannot be ${timestampUs}`);
  const dirty = info.dirty ?? { x: 0, y: 0, width, height };
  const most = Number.MAX_SAFE_INTEGER;
  for (const edge of [dirty.x, dirty.y, dirty.width, dirty.height])
    checkWhole(edge, -most, most, 'an edge of what is dirty');
  return { width, height, format, strideBytes, dirty: clampRectangle(dirty, width, height), timestampUs };
}
