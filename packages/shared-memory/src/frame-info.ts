import { bytesPerPixel, clampRectangle, monotonicUs, type PixelFormat, type Rectangle } from './frame-layout.ts';

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

/** With what `info` leaves out. Throws RangeError when a slot of `slotBytes` cannot hold such a frame. */
export function completeInfo(info: FrameInfo, slotBytes: number): CompleteInfo {
  const { width, height, format } = info;
  const strideBytes = info.strideBytes ?? width * bytesPerPixel[format];
  if (!(width > 0 && height > 0 && strideBytes >= width * bytesPerPixel[format])) {
    throw new RangeError(`no frame: ${width} x ${height}, ${strideBytes} bytes a line`);
  }
  if (strideBytes * height > slotBytes) {
    throw new RangeError(`a frame of ${strideBytes * height} bytes in a slot of ${slotBytes}`);
  }
  const dirty = clampRectangle(info.dirty ?? { x: 0, y: 0, width, height }, width, height);
  return { width, height, format, strideBytes, dirty, timestampUs: info.timestampUs ?? monotonicUs() };
}
