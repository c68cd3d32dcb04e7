import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ClosedMemoryError } from '../posix/errors.ts';
import { Arena } from '../segment/arena.ts';
import { buffers } from '../segment/buffer-registry.ts';
import { leftovers, nothing } from '../testing/leftovers.ts';
import { ElementReader } from './element-reader.ts';
import { ElementWriter } from './element-writer.ts';

let arena: Arena;
let peer: Arena;

beforeAll(async () => {
  arena = await Arena.create({ label: 'test', readWriteBytes: 200_000 });
  peer = Arena.attach(arena.descriptor());
});

afterAll(async () => {
  await peer.destroy();
  await arena.destroy();
  expect(leftovers()).toEqual(nothing);
});

const numbers = (...values: number[]): Uint32Array => Uint32Array.from(values);

describe('a ring of elements', () => {
  it('delivers pushed elements in order, and refuses elements without room', () => {
    using writer = ElementWriter.create(arena, 'uint32', { label: 'test', capacity: 4 });
    const reader = ElementReader.attach(peer, writer.peerDescriptor());
    const out = new Uint32Array(4);
    expect(reader.pop(out)).toBe(0);
    expect(writer.push(numbers(1, 2, 3))).toBe(3);
    expect(writer.push(numbers(4, 5, 6))).toBe(1);
    expect(writer.push(numbers(5))).toBe(0);
    expect(reader.pop(out, 2)).toBe(2);
    expect(writer.push(numbers(5, 6))).toBe(2);
    expect(reader.pop(out)).toBe(4);
    expect(out).toEqual(numbers(3, 4, 5, 6));
  });

  it('is written and read in place', () => {
    using writer = ElementWriter.create(arena, 'float64', { label: 'test', capacity: 8 });
    const reader = ElementReader.attach(peer, writer.peerDescriptor());
    const claimed = writer.claim(3);
    expect(claimed).toHaveLength(3);
    claimed.set([0.5, 1.5, 2.5]);
    writer.publish(2);
    expect(Array.from(reader.peek(8))).toEqual([0.5, 1.5]);
    reader.release(1);
    expect(Array.from(reader.peek(8))).toEqual([1.5]);
    expect(writer.claim(100)).toHaveLength(6); // to the ring's end
  });

  it.each(['refuse', 'drop-oldest'] as const)('works as a queue (%s), wherever its counters start', (overflow) => {
    const step = fc.record({ push: fc.boolean(), count: fc.integer({ min: 0, max: 12 }) });
    const start = fc.constantFrom(0, 2 ** 31 - 5, 2 ** 31, 2 ** 32 - 5, 2 ** 32 - 1);
    const capacity = 8;
    const property = fc.property(fc.array(step, { maxLength: 60 }), start, (steps, startAt) => {
      using writer = ElementWriter.create(arena, 'uint32', { label: 'test', capacity, overflow, startAt });
      const reader = ElementReader.attach(peer, writer.peerDescriptor());
      const queue: number[] = [];
      let next = 1;
      let dropped = 0;
      for (const { push, count } of steps) {
        if (push) {
          const values = Uint32Array.from({ length: count }, (_, index) => next + index);
          const expected = overflow === 'refuse' ? Math.min(count, capacity - queue.length) : Math.min(count, capacity);
          expect(writer.push(values)).toBe(expected);
          queue.push(...values.subarray(0, expected));
          next += expected;
          dropped += Math.max(0, queue.length - capacity);
          queue.splice(0, Math.max(0, queue.length - capacity));
        } else {
          const target = new Uint32Array(count);
          const popped = reader.pop(target);
          expect(Array.from(target.subarray(0, popped))).toEqual(queue.splice(0, count));
        }
      }
      expect(writer.report().counts.dropped).toBe(dropped);
      expect([writer.fault, reader.fault]).toEqual([undefined, undefined]);
    });
    fc.assert(property, { seed: 5, numRuns: 300 });
  });

  it.each(['refuse', 'drop-oldest'] as const)('counts, copies and writes as a queue does (%s)', (overflow) => {
    const capacity = 8;
    const few = fc.integer({ min: 0, max: 12 });
    const step = fc.record({ kind: fc.constantFrom('push', 'write', 'pop'), count: few, offset: few, written: few });
    const start = fc.constantFrom(0, 2 ** 31 - 5, 2 ** 32 - 5);
    const property = fc.property(fc.array(step, { maxLength: 60 }), start, (steps, startAt) => {
      using writer = ElementWriter.create(arena, 'uint32', { label: 'test', capacity, overflow, startAt });
      const reader = ElementReader.attach(peer, writer.peerDescriptor());
      let queue: number[] = [];
      let next = 1;
      const take = (room: number): number[] => Array.from({ length: room }, () => next++);
      for (const { kind, count, offset, written } of steps) {
        const fits = Math.min(count, overflow === 'refuse' ? capacity - queue.length : capacity);
        // A write of `fits` elements keeps only these of the old ones, even if it then writes fewer.
        const kept = queue.slice(Math.max(0, queue.length + fits - capacity));
        if (kind === 'push') {
          const values = take(fits);
          const source = Uint32Array.from([...Array(offset).fill(0), ...values, ...Array(count - fits).fill(0)]);
          expect(writer.push(source, count, offset)).toBe(fits);
          queue = [...kept, ...values];
        } else if (kind === 'write') {
          const values = take(Math.min(fits, written));
          const result = writer.pushWith(count, (first, second) => {
            expect(first.length + second.length).toBe(fits);
            first.set(values.slice(0, first.length));
            second.set(values.slice(first.length));
            return values.length === fits ? undefined : values.length;
          });
          expect(result).toBe(values.length);
          queue = [...kept, ...values];
        } else {
          const target = new Uint32Array(offset + count);
          const popped = reader.pop(target, count, offset);
          expect(Array.from(target.subarray(0, offset + popped))).toEqual([
            ...Array(offset).fill(0),
            ...queue.splice(0, count),
          ]);
        }
        expect([writer.available, reader.available]).toEqual([capacity - queue.length, queue.length]);
      }
      expect([writer.fault, reader.fault]).toEqual([undefined, undefined]);
    });
    fc.assert(property, { seed: 5, numRuns: 300 });
  });

  it('copies from and to an offset up to the end of the array', () => {
    using writer = ElementWriter.create(arena, 'uint32', { label: 'test', capacity: 8 });
    const reader = ElementReader.attach(peer, writer.peerDescriptor());
    expect(writer.push(numbers(1, 2, 3), undefined, 1)).toBe(2);
    const out = new Uint32Array(4);
    expect(reader.pop(out, undefined, 3)).toBe(1);
    expect(out).toEqual(numbers(0, 0, 0, 2));
  });

  it('publishes nothing if the callback throws, returns too much, pushes itself, or closes the ring', () => {
    using writer = ElementWriter.create(arena, 'uint32', { label: 'test', capacity: 8 });
    const reader = ElementReader.attach(peer, writer.peerDescriptor());
    const broken = (): never => {
      throw new Error('broken');
    };
    expect(() => writer.pushWith(4, broken)).toThrow('broken');
    expect(() => writer.publish(1)).toThrow(RangeError);
    expect(() => writer.pushWith(4, () => 5)).toThrow(RangeError);
    expect(reader.available).toBe(0);
    expect(() => writer.pushWith(4, () => writer.push(numbers(1)))).toThrow(RangeError);
    expect(reader.available).toBe(1);
    expect(() => writer.pushWith(4, () => writer.close())).toThrow(ClosedMemoryError);
    expect(reader.available).toBe(1);
  });

  it('keeps published elements for the replacement of a dead reader or writer', () => {
    using writer = ElementWriter.create(arena, 'int32', { label: 'test', capacity: 8 });
    const reader = ElementReader.attach(peer, writer.peerDescriptor());
    writer.push(Int32Array.of(1, 2, 3));
    reader.pop(new Int32Array(1));
    const descriptor = writer.replacePeer();
    expect(descriptor).toMatchObject({ generation: 2, written: 3, read: 1, role: 'reader', of: 'int32' });
    const out = new Int32Array(8);
    expect(ElementReader.attach(peer, descriptor).pop(out)).toBe(2);
    expect(Array.from(out.subarray(0, 2))).toEqual([2, 3]);

    using consumer = ElementReader.create(arena, 'int32', { label: 'test', capacity: 8 });
    ElementWriter.attach(peer, consumer.peerDescriptor()).push(Int32Array.of(7));
    ElementWriter.attach(peer, consumer.replacePeer()).push(Int32Array.of(8));
    expect(consumer.pop(out)).toBe(2);
    expect(Array.from(out.subarray(0, 2))).toEqual([7, 8]);
  });

  it('is listed until it is closed', () => {
    using writer = ElementWriter.create(arena, 'int16', { label: 'listed ring', capacity: 10 });
    const found = buffers().find(({ label }) => label === 'listed ring');
    expect(found).toMatchObject({
      kind: 'ring',
      role: 'writer',
      slots: 16,
      slotBytes: 2,
      writer: { pid: process.pid },
    });
    writer.close();
    expect(buffers().some(({ label }) => label === 'listed ring')).toBe(false);
  });
});

describe.each(['refuse', 'drop-oldest'] as const)('with noise in its counters (%s)', (overflow) => {
  const noise = fc.oneof(fc.constantFrom(0, 1, 8, 9, 2 ** 31, 2 ** 32 - 1), fc.integer({ min: 0, max: 2 ** 32 - 1 }));
  const options = { label: 'hostile', capacity: 8, overflow };

  it('a reader stays inside the ring, reports the fault, never throws, and takes a new writer after that', () => {
    let faults = 0;
    const property = fc.property(fc.array(noise, { minLength: 1, maxLength: 20 }), (values) => {
      using reader = ElementReader.create(arena, 'uint32', options);
      const descriptor = reader.peerDescriptor();
      const words = peer.region(descriptor.region).words();
      const out = new Uint32Array(16);
      for (const value of values) {
        words[0] = value;
        if (overflow === 'drop-oldest') words[32] = (value + 3) >>> 0;
        expect(reader.available).toBeLessThanOrEqual(8);
        expect(reader.pop(out)).toBeLessThanOrEqual(8);
      }
      if (reader.fault) faults += 1;
      const writer = ElementWriter.attach(peer, reader.replacePeer());
      expect(writer.push(numbers(1)) + reader.pop(out)).toBeGreaterThanOrEqual(1);
      expect([writer.fault, reader.fault]).toEqual([undefined, undefined]);
    });
    fc.assert(property, { seed: 5, numRuns: 300 });
    expect(faults).toBeGreaterThan(100);
  });

  it('a writer stays inside the ring, reports the fault, never throws, and takes a new reader after that', () => {
    let faults = 0;
    const property = fc.property(fc.array(noise, { minLength: 1, maxLength: 20 }), (values) => {
      using writer = ElementWriter.create(arena, 'uint32', options);
      const words = peer.region(writer.peerDescriptor().region).words();
      for (const value of values) {
        words[32] = value;
        expect(writer.available).toBeLessThanOrEqual(8);
        expect(writer.push(new Uint32Array(5))).toBeLessThanOrEqual(5);
      }
      if (writer.fault) faults += 1;
      const reader = ElementReader.attach(peer, writer.replacePeer());
      reader.pop(new Uint32Array(8));
      expect(writer.push(numbers(1, 2))).toBe(2);
      expect(reader.pop(new Uint32Array(8))).toBe(2);
    });
    fc.assert(property, { seed: 5, numRuns: 300 });
    expect(faults).toBeGreaterThan(100);
  });
});
