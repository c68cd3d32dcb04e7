import type { FrameBufferReport, WordLine } from '@bulkhead/contracts';
import { expect, test } from 'vitest';
import { changedWords, hexadecimal } from './words.ts';

const withLines = (lines: WordLine[]) => ({ lines }) as FrameBufferReport;
const lines = (sequence: number, slot: number): WordLine[] => [
  { name: 'writer', words: [{ name: 'sequence', value: sequence }] },
  { name: 'slot 0', words: [{ name: 'sequence', value: slot }] },
];

test.each([
  [0, '00000000'],
  [0xbeef, '0000beef'],
  [2 ** 32 - 1, 'ffffffff'],
])('writes %d as %s', (word, text) => {
  expect(hexadecimal(word)).toBe(text);
});

test('finds the changed words, each in its own line', () => {
  expect([...changedWords(withLines(lines(1, 7)), withLines(lines(2, 7)))]).toEqual(['writer/sequence']);
  expect([...changedWords(withLines(lines(1, 7)), withLines(lines(1, 8)))]).toEqual(['slot 0/sequence']);
});

test('does not count new words as changed', () => {
  expect(changedWords(undefined, withLines(lines(1, 7)))).toEqual(new Set());
  expect(changedWords(withLines([]), withLines(lines(1, 7)))).toEqual(new Set());
});
