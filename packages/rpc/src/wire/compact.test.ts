import { expect, it } from 'vitest';
import { compact } from './compact.ts';

it('returns a value unchanged when it has no partial view of a buffer', () => {
  const value = { list: [new Uint8Array(8), new Date(0)], text: 'x' };
  expect(compact(value)).toBe(value);
});

it('gives partial views a buffer of their own, and copies only their parents', () => {
  const pool = new ArrayBuffer(1024);
  const value = { same: { a: 1 }, floats: [new Float32Array(pool, 8, 2)], data: new DataView(pool, 4, 4) };
  const own = compact(value) as typeof value;
  expect(own).toStrictEqual(value);
  expect(own.same).toBe(value.same);
  expect(own.floats[0]?.buffer.byteLength).toBe(8);
  expect(own.data.buffer.byteLength).toBe(4);
});

it('copies a pooled Buffer out of its pool', () => {
  const own = compact(Buffer.from('abc')) as Uint8Array;
  expect(own.buffer.byteLength).toBe(3);
  expect(own).toStrictEqual(new Uint8Array([97, 98, 99]));
});
