import { Segment } from '@bulkhead/shared-memory';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { firstByte } from '../shared-memory/common-memory.ts';
import { BufferMemory } from './shared-buffer.ts';

let segment: Segment;

beforeAll(async () => {
  segment = await Segment.create({ label: 'test', backend: 'sealed', payloadBytes: firstByte + 4096 });
});

afterAll(() => segment.destroy());

test('holds the produced and not yet consumed items, and shows them in their slots', () => {
  const property = fc.property(fc.integer({ min: 2, max: 16 }), fc.array(fc.boolean()), (n, moves) => {
    const memory = new BufferMemory(segment, n);
    memory.in = 0;
    memory.out = 0;
    const model: number[] = [];
    let next = 1;
    for (const produce of moves) {
      if (produce && (memory.in + 1) % n !== memory.out) {
        memory.buffer[memory.in] = next;
        memory.in = (memory.in + 1) % n;
        model.push(next);
        next += 1;
      } else if (!produce && memory.in !== memory.out) {
        expect(memory.buffer[memory.out]).toBe(model.shift());
        memory.out = (memory.out + 1) % n;
      }
      expect(memory.held).toBe(model.length);
      expect(memory.held).toBeLessThan(n);
      const figure = memory.figure();
      if (figure.kind !== 'buffer') throw new Error('no buffer');
      const inOrder = model.map((_, index) => figure.slots[(memory.out + index) % n]);
      expect(inOrder).toEqual(model.map(String));
      expect(figure.slots.filter((slot) => slot !== null)).toHaveLength(model.length);
    }
  });
  fc.assert(property);
});
