import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitInto, scaleDown } from './scale-down.ts';

/** A frame whose pixel at x, y has the colour that `colourAt` gives; `padding` pixels of noise behind each row. */
function frame(width: number, height: number, colourAt: (x: number, y: number) => number[], padding = 0) {
  const strideBytes = (width + padding) * 4;
  const pixels = new Uint8Array(strideBytes * height).fill(0x7f);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [red = 0, green = 0, blue = 0] = colourAt(x, y);
      pixels.set([blue, green, red, 255], y * strideBytes + x * 4);
    }
  }
  return { pixels, width, height, strideBytes };
}

function scaled(source: ReturnType<typeof frame>, maximumEdge: number) {
  const size = fitInto(source, maximumEdge);
  const canary = 0xab;
  const target = new Uint8Array(size.width * size.height * 4 + 4).fill(canary);
  scaleDown(source, target, size);
  expect([...target.subarray(-4)]).toEqual([canary, canary, canary, canary]);
  return { ...size, pixels: target.subarray(0, -4) };
}

test.each([
  [1920, 1080, 320, 180],
  [1080, 1920, 180, 320],
  [320, 200, 320, 200],
  [100, 40, 100, 40],
  [5000, 1, 320, 1],
])('fits %d x %d into 320 pixels as %d x %d', (width, height, fitWidth, fitHeight) => {
  expect(fitInto({ width, height }, 320)).toEqual({ width: fitWidth, height: fitHeight });
});

test('keeps the colour of any plain frame, opaque, and ignores padding behind its rows', () => {
  const edge = fc.integer({ min: 1, max: 60 });
  const channel = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(edge, edge, edge, fc.tuple(channel, channel, channel), (width, height, maximumEdge, colour) => {
      const { pixels } = scaled(
        frame(width, height, () => colour, 3),
        maximumEdge,
      );
      for (let at = 0; at < pixels.length; at += 4) expect([...pixels.subarray(at, at + 4)]).toEqual([...colour, 255]);
    }),
  );
});

test('gives each pixel the mean of the source pixels it covers', () => {
  const checks = frame(8, 4, (x, y) => ((x + y) % 2 === 0 ? [200, 0, 100] : [0, 100, 0]));
  const { width, height, pixels } = scaled(checks, 4);
  expect([width, height]).toEqual([4, 2]);
  for (let at = 0; at < pixels.length; at += 4) expect([...pixels.subarray(at, at + 4)]).toEqual([100, 50, 50, 255]);
});

test('keeps left on the left and right on the right', () => {
  const halves = frame(90, 60, (x) => (x < 45 ? [255, 0, 0] : [0, 0, 255]));
  const { width, pixels } = scaled(halves, 30);
  expect([...pixels.subarray(0, 4)]).toEqual([255, 0, 0, 255]);
  expect([...pixels.subarray(4 * (width - 1), 4 * width)]).toEqual([0, 0, 255, 255]);
});
