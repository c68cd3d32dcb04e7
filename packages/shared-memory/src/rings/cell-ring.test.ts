import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Arena } from '../segment/arena.ts';
import { CellReader } from './cell-reader.ts';
import { CellWriter } from './cell-writer.ts';

let arena: Arena;
let peer: Arena;

beforeAll(async () => {
  arena = await Arena.create({ label: 'test', readWriteBytes: 100_000 });
  peer = Arena.attach(arena.descriptor());
});

afterAll(async () => {
  await peer.destroy();
  await arena.destroy();
});

describe('a ring of cells', () => {
  it('works as a queue, wherever its counters start', () => {
    const start = fc.constantFrom(0, 1, 2 ** 31 - 3, 2 ** 32 - 6, 2 ** 32 - 1);
    const property = fc.property(fc.array(fc.boolean(), { maxLength: 60 }), start, (steps, startAt) => {
      using writer = CellWriter.create(arena, { label: 'test', capacity: 4, startAt });
      const reader = CellReader.attach(peer, writer.peerDescriptor());
      const queue: number[] = [];
      const target = new Uint32Array(3);
      for (const [number, push] of steps.entries()) {
        if (push) {
          const room = queue.length < 4;
          expect(writer.push([number, number * 2, number * 3])).toBe(room);
          if (room) queue.push(number);
        } else {
          const expected = queue.shift();
          expect(reader.pop(target)).toBe(expected !== undefined);
          if (expected !== undefined) expect(Array.from(target)).toEqual([expected, expected * 2, expected * 3]);
        }
      }
    });
    fc.assert(property, { seed: 6, numRuns: 300 });
  });

  it('continues after the last stamp when its producer is replaced', () => {
    using reader = CellReader.create(arena, { label: 'test', capacity: 4, startAt: 2 ** 32 - 2 });
    const writer = CellWriter.attach(peer, reader.peerDescriptor());
    for (const word of [1, 2, 3]) writer.push([word]);
    const one = new Uint32Array(1);
    reader.pop(one);
    const descriptor = reader.replacePeer();
    expect(descriptor).toMatchObject({ written: 1, read: 2 ** 32 - 1, generation: 2, of: 'cell' });
    const next = CellWriter.attach(peer, descriptor);
    expect([next.push([4]), next.push([5]), next.push([6])]).toEqual([true, true, false]);
    const words: number[] = [];
    while (reader.pop(one)) words.push(one[0]!);
    expect(words).toEqual([2, 3, 4, 5]);
  });

  it('has 15 words in a cell', () => {
    using writer = CellWriter.create(arena, { label: 'test', capacity: 4 });
    const reader = CellReader.attach(peer, writer.peerDescriptor());
    const words = Array.from({ length: 15 }, (_, index) => index + 1);
    expect(writer.push(words)).toBe(true);
    expect(() => writer.push([...words, 16])).toThrow('from 0 to 15, not 16');
    const target = new Uint32Array(20);
    expect(reader.pop(target)).toBe(true);
    expect(Array.from(target)).toEqual([...words, 0, 0, 0, 0, 0]);
  });

  it('has a fault if its memory is noise, and takes a new peer after that', () => {
    const noise = fc.record({
      word: fc.oneof(fc.constant(32), fc.integer({ min: 0, max: 127 })), // the consumer's counter, or any word
      value: fc.oneof(fc.constantFrom(0, 1, 2, 5, 2 ** 32 - 1), fc.integer({ min: 0, max: 2 ** 32 - 1 })),
    });
    let faults = 0;
    const property = fc.property(fc.array(noise, { maxLength: 30 }), (writes) => {
      using writer = CellWriter.create(arena, { label: 'hostile', capacity: 4 });
      using reader = CellReader.create(arena, { label: 'hostile', capacity: 4 });
      const one = new Uint32Array(1);
      for (const { word, value } of writes) {
        for (const side of [writer, reader]) peer.region(side.peerDescriptor().region).words()[word] = value;
        writer.push([1]);
        reader.pop(one);
      }
      if (writer.fault) faults += 1;
      const consumer = CellReader.attach(peer, writer.replacePeer());
      while (consumer.pop(one));
      expect([writer.push([9]), consumer.pop(one), one[0]]).toEqual([true, true, 9]);
      const producer = CellWriter.attach(peer, reader.replacePeer());
      while (reader.pop(one));
      expect([producer.push([8]), reader.pop(one), one[0]]).toEqual([true, true, 8]);
    });
    fc.assert(property, { seed: 6, numRuns: 300 });
    expect(faults).toBeGreaterThan(50);
  });
});
