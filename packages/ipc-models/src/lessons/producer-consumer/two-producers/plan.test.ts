import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lockWords } from '../../shared-memory/critical-section.ts';
import { BufferMemory } from '../shared-buffer.ts';
import { bufferAt, wordCount } from './plan.ts';

test('places both buffers after the lock and its words, without overlap and inside the memory', () => {
  const property = fc.property(fc.integer({ min: 2, max: 64 }), (n) => {
    const [one, other] = [bufferAt(0, n), bufferAt(1, n)];
    expect(one).toBeGreaterThanOrEqual(lockWords + 2);
    expect(other).toBeGreaterThanOrEqual(one + BufferMemory.words(n));
    expect(lockWords + wordCount(n)).toBeGreaterThanOrEqual(other + BufferMemory.words(n));
    for (const start of [one, other]) expect(start % 16).toBe(0);
  });
  fc.assert(property);
});
