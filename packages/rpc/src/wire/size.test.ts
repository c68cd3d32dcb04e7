import { expect, it } from 'vitest';
import { sizeOf, tooLarge } from './size.ts';

const limit = 10_000;

it('is exact for binary, and counts the whole buffer of a view', () => {
  expect(sizeOf(new Uint8Array(1000), limit)).toBe(1008);
  expect(sizeOf(new ArrayBuffer(1000), limit)).toBe(1008);
  expect(sizeOf(new Uint8Array(new ArrayBuffer(5000), 10, 20), limit)).toBe(5008);
});

it('counts nested values', () => {
  expect(sizeOf('1234', limit)).toBe(12);
  expect(sizeOf({ key: 'value' }, limit)).toBe(8 + 3 + 8 + 5);
  expect(sizeOf([1, [2, 3]], limit)).toBe(8 + 8 + 8 + 8 + 8);
  expect(sizeOf(new Map([['a', 'b']]), limit)).toBe(8 + 9 + 9);
  expect(sizeOf(new Set(['abc']), limit)).toBe(8 + 11);
  expect(sizeOf(2n ** 800n, limit)).toBeGreaterThan(100);
  expect(sizeOf(new Error('x'.repeat(100)), limit)).toBeGreaterThan(100);
});

it('stops at its limit for any value', () => {
  const cyclic: Record<string, unknown> = {};
  cyclic.self = cyclic;
  expect(sizeOf(cyclic, limit)).toBe(tooLarge);

  let deep: unknown = 1;
  for (let level = 0; level < 100_000; level++) deep = { deep };
  expect(sizeOf(deep, limit)).toBe(tooLarge);

  let wide: unknown = 'x';
  for (let level = 0; level < 20; level++) wide = new Array(20).fill(wide);
  expect(sizeOf(wide, limit)).toBe(tooLarge);

  const sparse: unknown[] = [];
  sparse.length = 2 ** 32 - 1;
  expect(sizeOf(sparse, limit)).toBe(tooLarge);
  expect(sizeOf(new Map([[cyclic, wide]]), limit)).toBe(tooLarge);
  expect(sizeOf('x'.repeat(limit), limit)).toBe(tooLarge);
});
