export interface Size {
  /** Pixels. */
  width: number;
  height: number;
}

/** Pixels in place: 4 bytes each in the order blue, green, red, alpha, `strideBytes` from one row to the next. */
export interface Picture extends Size {
  pixels: Uint8Array;
  strideBytes: number;
}

/** Returns the largest size of the same shape with edges of 1 to `maximumEdge` pixels. Never enlarges. */
export function fitInto({ width, height }: Size, maximumEdge: number): Size {
  const scale = Math.min(1, maximumEdge / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/**
 * Draws `source` into `target` at a size that is not larger: each pixel is the mean of the source pixels it covers (a
 * box filter). `target` is 4 bytes a pixel in the order red, green, blue, alpha, opaque, rows without padding.
 */
export function scaleDown(source: Picture, target: Uint8Array, { width, height }: Size): void {
  const sums = new Uint32Array(3 * width);
  let written = 0;
  for (let y = 0; y < height; y++) {
    const top = Math.floor((y * source.height) / height);
    const bottom = Math.floor(((y + 1) * source.height) / height);
    sums.fill(0);
    for (let row = top; row < bottom; row++) addRow(source, row, sums, width);
    for (let x = 0; x < width; x++) {
      const count = (bottom - top) * (columnEnd(x, source.width, width) - columnEnd(x - 1, source.width, width));
      for (let channel = 0; channel < 3; channel++) target[written++] = (sums[3 * x + channel] ?? 0) / count;
      target[written++] = 255;
    }
  }
}

/** Adds one row's red, green and blue to the columns that they fall into. */
function addRow({ pixels, strideBytes, width: sourceWidth }: Picture, row: number, sums: Uint32Array, width: number) {
  const words = new Uint32Array(pixels.buffer, pixels.byteOffset + row * strideBytes, sourceWidth);
  let read = 0;
  for (let x = 0; x < width; x++) {
    const end = columnEnd(x, sourceWidth, width);
    let red = 0;
    let green = 0;
    let blue = 0;
    for (; read < end; read++) {
      const pixel = words[read] ?? 0;
      blue += pixel & 0xff;
      green += (pixel >>> 8) & 0xff;
      red += (pixel >>> 16) & 0xff;
    }
    sums[3 * x] = (sums[3 * x] ?? 0) + red;
    sums[3 * x + 1] = (sums[3 * x + 1] ?? 0) + green;
    sums[3 * x + 2] = (sums[3 * x + 2] ?? 0) + blue;
  }
}

/** Returns the first source column behind those that column `x` covers. */
const columnEnd = (x: number, sourceWidth: number, width: number) => Math.floor(((x + 1) * sourceWidth) / width);
