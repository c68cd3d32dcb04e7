import { expect, it } from 'vitest';
import { copyPixels, copyRectangle } from './copy-pixels.ts';

it.each([100, 16_383, 16_384, 100_000])('copies exactly %d bytes', (bytes) => {
  const source = Uint8Array.from({ length: bytes }, (_, index) => index + 1);
  const target = new Uint8Array(new SharedArrayBuffer(bytes + 8)).fill(0);
  copyPixels(target.subarray(4, bytes + 4), source);
  expect(target.subarray(4, bytes + 4)).toEqual(source);
  expect([...target.subarray(0, 4), ...target.subarray(bytes + 4)]).toEqual(Array(8).fill(0));
  expect(() => copyPixels(target.subarray(0, bytes - 1), source)).toThrow(RangeError);
});

it('copies a rectangle and nothing around it', () => {
  const [source, target] = [new Uint8Array(8 * 4).fill(1), new Uint8Array(8 * 4)];
  copyRectangle(target, source, 8, 2, { x: 1, y: 1, width: 2, height: 2 });
  const lines = Array.from({ length: 4 }, (_, line) => target.subarray(line * 8, line * 8 + 8).join(''));
  expect(lines).toEqual(['00000000', '00111100', '00111100', '00000000']);
  copyRectangle(target, source, 8, 2, { x: 0, y: 3, width: 4, height: 1 });
  expect(target.subarray(24)).toEqual(new Uint8Array(8).fill(1));
});
