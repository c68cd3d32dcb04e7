import * as v from 'valibot';
import { bytesPerPixel, type FrameFault, maximumEdge, pixelFormats } from './frame-layout.ts';

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const edge = v.pipe(whole, v.minValue(1), v.maxValue(maximumEdge));

/** A frame as a message: the contents of the frame words, and the pixels. */
export const frameMessage = v.pipe(
  v.strictObject({
    sequence: v.pipe(whole, v.minValue(1)),
    width: edge,
    height: edge,
    strideBytes: whole,
    format: v.picklist(pixelFormats),
    dirty: v.strictObject({ x: whole, y: whole, width: whole, height: whole }),
    timestampUs: v.pipe(v.number(), v.finite(), v.minValue(0)),
    pixels: v.instance(Uint8Array),
  }),
  v.check(
    ({ width, height, strideBytes, format, pixels }) =>
      strideBytes >= width * bytesPerPixel[format] && pixels.byteLength === strideBytes * height,
    'the pixels do not match the size of the frame',
  ),
  // A small view can belong to a large or growable buffer, which arrives with it.
  v.check(
    ({ pixels: { buffer, byteLength } }) => buffer.byteLength === byteLength && !isResizable(buffer),
    'the buffer is larger than the pixels, or resizable',
  ),
  v.check(
    ({ dirty, width, height }) => dirty.x + dirty.width <= width && dirty.y + dirty.height <= height,
    'the dirty rectangle is not inside the frame',
  ),
);

export type FrameMessage = v.InferOutput<typeof frameMessage>;

/** Longest detail of a fault, UTF-16 code units. The detail contains parts of the message. */
const maximumDetail = 200;

/** Parses a frame message with at most `maximumBytes` of pixels. Never throws. */
export function parseFrameMessage(message: unknown, maximumBytes: number): FrameMessage | FrameFault {
  const result = v.safeParse(frameMessage, message, { abortEarly: true });
  if (!result.success) {
    const detail = result.issues.map((issue) => issue.message).join('; ');
    return { reason: 'geometry', detail: detail.slice(0, maximumDetail) };
  }
  const { byteLength } = result.output.pixels;
  if (byteLength <= maximumBytes) return result.output;
  return { reason: 'geometry', detail: `a frame of ${byteLength} bytes is larger than ${maximumBytes}` };
}

const isResizable = (buffer: ArrayBufferLike): boolean => 'resizable' in buffer && buffer.resizable === true;
