import { checkTime, checkWhole } from '../segment/arguments.ts';
import {
  bytesPerPixel,
  clampRectangle,
  maximumEdge,
  monotonicUs,
  type PixelFormat,
  pixelFormats,
  type Rectangle,
} from './frame-layout.ts';

/** Data that is published with the pixels. */
export interface FrameInfo {
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  readonly format: PixelFormat;
  /** Distance from the start of one line to the start of the next. Default: no padding. */
  readonly strideBytes?: number;
  /** Area that differs from the frame published before. Default: the whole frame. */
  readonly dirty?: Rectangle;
  /** Time of painting, on the clock of `monotonicUs`. Default: now. */
  readonly timestampUs?: number;
}

export type CompleteInfo = Required<FrameInfo>;

/**
 * Fills in the defaults of `info`. Throws RangeError if the frame does not fit into a slot of `slotBytes` or if a
 * number is not valid, TypeError for another pixel format.
 */
export function completeInfo(info: FrameInfo, slotBytes: number): CompleteInfo {
  const { width, height, format } = info;
  if (!pixelFormats.includes(format)) throw new TypeError(`not a pixel format: ${String(format)}`);
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
    checkWhole(edge, -most, most, 'an edge of the dirty rectangle');
  return { width, height, format, strideBytes, dirty: clampRectangle(dirty, width, height), timestampUs };
}
