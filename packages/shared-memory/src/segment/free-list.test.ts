import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FreeList } from './free-list.ts';

it('allocates aligned pieces inside the range that never overlap, and frees all of them', () => {
  const step = fc.record({
    take: fc.boolean(),
    bytes: fc.integer({ min: 1, max: 5000 }),
    alignment: fc.constantFrom(64, 4096),
    which: fc.nat(),
  });
  const property = fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
    const [start, end] = [4096, 65_536];
    const list = new FreeList(start, end);
    const taken: { offset: number; bytes: number }[] = [];
    for (const { take, bytes, alignment, which } of steps) {
      if (take || taken.length === 0) {
        const offset = list.take(bytes, alignment);
        if (offset === undefined) continue;
        expect(offset % alignment).toBe(0);
        expect(offset >= start && offset + bytes <= end).toBe(true);
        expect(taken.some((other) => other.offset < offset + bytes && offset < other.offset + other.bytes)).toBe(false);
        taken.push({ offset, bytes });
      } else {
        const [gone] = taken.splice(which % taken.length, 1);
        list.give(gone!.offset, gone!.bytes);
      }
      expect(list.bytesFree).toBe(end - start - taken.reduce((sum, part) => sum + part.bytes, 0));
    }
    for (const { offset, bytes } of taken) list.give(offset, bytes);
    expect(list.take(end - start, 64)).toBe(start); // the neighbours were merged
  });
  fc.assert(property, { seed: 7, numRuns: 300 });
});

it('refuses to free the same bytes twice', () => {
  const list = new FreeList(0, 1024);
  const offset = list.take(128, 64);
  list.give(offset!, 128);
  expect(() => list.give(offset!, 128)).toThrow('given back twice');
});
