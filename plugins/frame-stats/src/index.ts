import type { AnalysedFrame, FrameAnalyser, FrameFindings } from '@bulkhead/contracts';

const colourMask = 0x00ff_ffff;

/** Computes the average colour and the share of changed pixels in one pass, four bytes at a time. */
export function createFrameAnalyser(): FrameAnalyser {
  /** The previous frame, without padding. It is the only copy, and never leaves this process. */
  let before = new Uint32Array(0);
  let beforeWidth = 0;

  return {
    reset() {
      beforeWidth = 0;
    },

    analyse({ pixels, width, height, strideBytes }: AnalysedFrame): FrameFindings {
      const comparable = beforeWidth === width && before.length === width * height;
      if (!comparable) before = new Uint32Array(width * height);
      beforeWidth = width;
      let blue = 0;
      let green = 0;
      let red = 0;
      let different = 0;
      for (let y = 0; y < height; y++) {
        const row = new Uint32Array(pixels.buffer, pixels.byteOffset + y * strideBytes, width);
        const start = y * width;
        for (let x = 0; x < width; x++) {
          // Read each pixel once: the memory may change meanwhile, and colour and comparison must use the same value.
          const pixel = (row[x] ?? 0) & colourMask;
          blue += pixel & 0xff;
          green += (pixel >>> 8) & 0xff;
          red += pixel >>> 16;
          if (before[start + x] !== pixel) different++;
          before[start + x] = pixel;
        }
      }
      const count = Math.max(1, width * height);
      return {
        averageColour: { red: red / count, green: green / count, blue: blue / count },
        changed: comparable ? different / count : 0,
      };
    },
  };
}
