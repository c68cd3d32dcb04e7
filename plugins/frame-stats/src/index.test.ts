import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFrameAnalyser } from './index.ts';

/** A frame of one colour; `padding` pixels of noise behind each row, which must not count. */
function frame(width: number, height: number, [red, green, blue]: number[], padding = 0) {
  const strideBytes = (width + padding) * 4;
  const pixels = new Uint8Array(strideBytes * height).fill(0x7f);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) pixels.set([blue!, green!, red!, 255], y * strideBytes + x * 4);
  return { pixels, width, height, strideBytes };
}

test('finds the average colour of any plain frame and ignores padding behind its rows', () => {
  const channel = fc.integer({ min: 0, max: 255 });
  const size = fc.integer({ min: 1, max: 9 });
  fc.assert(
    fc.property(size, size, fc.tuple(channel, channel, channel), size, (width, height, colour, padding) => {
      const { averageColour } = createFrameAnalyser().analyse(frame(width, height, colour, padding));
      expect([averageColour.red, averageColour.green, averageColour.blue]).toEqual(colour);
    }),
  );
});

test('counts the pixels that changed, not those whose alpha did', () => {
  const analyser = createFrameAnalyser();
  const first = frame(4, 5, [1, 2, 3]);
  expect(analyser.analyse(first).changed).toBe(0);
  expect(analyser.analyse(first).changed).toBe(0);
  first.pixels[0] = 99;
  first.pixels[7] = 0;
  expect(analyser.analyse(first).changed).toBe(1 / 20);
});

test('compares nothing across a change of size or of page', () => {
  const analyser = createFrameAnalyser();
  analyser.analyse(frame(4, 4, [0, 0, 0]));
  expect(analyser.analyse(frame(8, 2, [255, 0, 0])).changed).toBe(0);
  analyser.reset();
  expect(analyser.analyse(frame(8, 2, [0, 255, 0])).changed).toBe(0);
  expect(analyser.analyse(frame(8, 2, [255, 0, 0])).changed).toBe(1);
});
