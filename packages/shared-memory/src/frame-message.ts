import * as v from 'valibot';
import { bytesPerPixel, type FrameFault, maximumEdge, pixelFormats } from './frame-layout.ts';

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const edge = v.pipe(whole, v.minValue(1), v.maxValue(maximumEdge));

/** A frame as a message: what a slot's frame words say, and the pixels. */
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
    'the pixels are not those of such a frame',
  ),
  v.check(
    ({ dirty, width, height }) => dirty.x + dirty.width <= width && dirty.y + dirty.height <= height,
    'the dirty rectangle sticks out',
  ),
);

export type FrameMessage = v.InferOutput<typeof frameMessage>;

/** Never throws. */
export function parseFrameMessage(message: unknown): FrameMessage | FrameFault {
  const result = v.safeParse(frameMessage, message);
  if (result.success) return result.output;
  return { reason: 'geometry', detail: result.issues.map((issue) => issue.message).join('; ') };
}
