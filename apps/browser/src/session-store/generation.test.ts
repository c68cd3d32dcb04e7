import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeGeneration, encodeGeneration } from './generation.ts';

const generation = fc.record({
  number: fc.integer({ min: 1 }),
  clean: fc.boolean(),
  body: fc.string({ unit: 'grapheme' }),
});
const example = encodeGeneration({ number: 7, clean: false, body: '{"windows":[]}\n' });

test('what was written is read again', () => {
  fc.assert(
    fc.property(generation, (written) => {
      expect(decodeGeneration(encodeGeneration(written))).toEqual(written);
    }),
  );
});

test('is not read when it was cut off at any place', () => {
  for (let length = 0; length < example.length; length++)
    expect(decodeGeneration(example.slice(0, length))).toBeUndefined();
});

test('is not read when any character of it is another', () => {
  for (let index = 0; index < example.length; index++) {
    const other = example[index] === '0' ? '1' : '0';
    const changed = example.slice(0, index) + other + example.slice(index + 1);
    expect(decodeGeneration(changed), changed).toBeUndefined();
  }
});

test('is not read when something stands behind it, nor when it is of another version', () => {
  expect(decodeGeneration(`${example}\n`)).toBeUndefined();
  expect(decodeGeneration(example.replace('"version":1', '"version":2'))).toBeUndefined();
});
