import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Arena } from '../segment/arena.ts';
import { leftovers, nothing } from '../testing/leftovers.ts';
import { randomNumbers } from '../testing/random.ts';
import { RecordReader } from './record-reader.ts';
import { RecordWriter } from './record-writer.ts';

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

const text = (payload: Uint8Array): string => Buffer.from(payload).toString();
const bytes = (string: string): Uint8Array => new TextEncoder().encode(string);

describe('a ring of records', () => {
  it('delivers records of any size in place, in order', () => {
    using writer = RecordWriter.create(arena, { label: 'test', capacity: 256 });
    const reader = RecordReader.attach(peer, writer.peerDescriptor());
    expect(reader.peek()).toEqual({ state: 'empty' });
    const claim = writer.claim(10);
    if (claim.state !== 'claimed') throw new Error(claim.state);
    expect(reader.peek()).toEqual({ state: 'empty' });
    claim.payload.set(bytes('one'));
    writer.publish(3);
    expect(writer.write(bytes('another'))).toEqual({ state: 'written' });
    expect(writer.write(bytes(''))).toEqual({ state: 'written' });
    const taken: string[] = [];
    for (let next = reader.peek(); next.state === 'record'; next = reader.peek()) {
      expect(next.payload.byteOffset % 8).toBe(0);
      expect(reader.peek()).toEqual(next); // until it is released
      taken.push(text(next.payload));
      reader.release();
    }
    expect(taken).toEqual(['one', 'another', '']);
    expect(() => reader.release()).toThrow('nothing to release');
    expect(() => writer.publish()).toThrow('nothing is claimed');
  });

  it('reports a full ring, and refuses a record that is too long', () => {
    using writer = RecordWriter.create(arena, { label: 'test', capacity: 64 });
    const reader = RecordReader.attach(peer, writer.peerDescriptor());
    expect(writer.maximumPayloadBytes).toBe(24);
    expect(() => writer.claim(25)).toThrow('from 0 to 24, not 25');
    expect(writer.write(new Uint8Array(24)).state).toBe('written');
    expect(writer.write(new Uint8Array(24)).state).toBe('written');
    expect(writer.write(new Uint8Array(0))).toEqual({ state: 'full' });
    expect(reader.take()).toEqual({ state: 'record', payload: new Uint8Array(24) });
    expect(writer.write(new Uint8Array(24)).state).toBe('written');
  });

  it.each(['refuse', 'drop-oldest'] as const)('works as a queue (%s), wherever its counters start', (overflow) => {
    const step = fc.record({ write: fc.boolean(), payloadBytes: fc.integer({ min: 0, max: 56 }) });
    const start = fc.constantFrom(0, 2 ** 31 - 64, 2 ** 31, 2 ** 32 - 64, 2 ** 32 - 8);
    const property = fc.property(fc.array(step, { maxLength: 60 }), start, (steps, startAt) => {
      using writer = RecordWriter.create(arena, { label: 'test', capacity: 128, overflow, startAt });
      const reader = RecordReader.attach(peer, writer.peerDescriptor());
      const queue: string[] = [];
      let number = 0;
      let dropped = 0;
      for (const { write, payloadBytes } of steps) {
        if (write) {
          number += 1;
          const payload = new Uint8Array(payloadBytes).fill(number);
          const { state } = writer.write(payload);
          if (overflow === 'drop-oldest') expect(state).toBe('written');
          if (state === 'written') queue.push(payload.toString());
        } else {
          const taken = reader.take();
          if (taken.state !== 'record') {
            expect([taken.state, queue.length - (writer.report().counts.dropped - dropped)]).toEqual(['empty', 0]);
            continue;
          }
          // The dropped records were the oldest, and they were counted.
          for (; dropped < writer.report().counts.dropped; dropped += 1) queue.shift();
          expect(taken.payload.toString()).toBe(queue.shift());
        }
      }
      expect([writer.fault, reader.fault]).toEqual([undefined, undefined]);
    });
    fc.assert(property, { seed: 5, numRuns: 300 });
  });

  it('gives a record that a dead reader had not released to its replacement', () => {
    using writer = RecordWriter.create(arena, { label: 'test', capacity: 128 });
    writer.write(bytes('one'));
    writer.write(bytes('two'));
    const reader = RecordReader.attach(peer, writer.peerDescriptor());
    reader.take();
    reader.peek(); // and dies
    const next = RecordReader.attach(peer, writer.replacePeer());
    expect(next.take()).toEqual({ state: 'record', payload: bytes('two') });
  });

  it('drops a record that a dead writer had claimed and not published', () => {
    using reader = RecordReader.create(arena, { label: 'test', capacity: 128 });
    const writer = RecordWriter.attach(peer, reader.peerDescriptor());
    writer.write(bytes('one'));
    writer.claim(20); // and dies
    RecordWriter.attach(peer, reader.replacePeer()).write(bytes('two'));
    expect([reader.take(), reader.take(), reader.take()]).toMatchObject([
      { payload: bytes('one') },
      { payload: bytes('two') },
      { state: 'empty' },
    ]);
  });
});

describe.each(['refuse', 'drop-oldest'] as const)('with noise in its memory (%s)', (overflow) => {
  const options = { label: 'hostile', capacity: 256, overflow };

  it('a reader stays inside the ring, reports the fault, never throws, and takes a new writer after that', () => {
    const random = randomNumbers(4);
    let faults = 0;
    for (let round = 0; round < 500; round += 1) {
      using reader = RecordReader.create(arena, options);
      const descriptor = reader.peerDescriptor();
      const writer = RecordWriter.attach(peer, descriptor);
      const region = peer.region(descriptor.region);
      for (let step = 0; step < 10; step += 1) {
        writer.write(new Uint8Array(random(60)));
        const noise = [0, 8, 120, 248, 256, 0xffff_ffff, random(2 ** 32)];
        region.words()[random(4) === 0 ? random(48) : 64 + random(64)] = noise[random(noise.length)]!;
        const taken = reader.take();
        if (taken.state === 'record') expect(taken.payload.byteLength).toBeLessThanOrEqual(256);
      }
      const faulty = reader.fault !== undefined;
      if (faulty) faults += 1;
      const next = RecordWriter.attach(peer, reader.replacePeer());
      expect(reader.fault).toBeUndefined();
      // Noise without a fault is still in the ring; after a fault the ring is empty.
      if (!faulty) continue;
      expect(next.write(bytes('after'))).toEqual({ state: 'written' });
      expect(reader.take()).toEqual({ state: 'record', payload: bytes('after') });
    }
    expect(faults).toBeGreaterThan(50);
  });

  it('a writer stays inside the ring, reports the fault, never throws, and takes a new reader after that', () => {
    const random = randomNumbers(5);
    let faults = 0;
    for (let round = 0; round < 500; round += 1) {
      using writer = RecordWriter.create(arena, options);
      const region = peer.region(writer.peerDescriptor().region);
      const first = region.byteOffset + 256;
      for (let step = 0; step < 10; step += 1) {
        const claim = writer.claim(random(100));
        if (claim.state === 'claimed') {
          expect(claim.payload.byteOffset).toBeGreaterThanOrEqual(first);
          expect(claim.payload.byteOffset + claim.payload.byteLength).toBeLessThanOrEqual(first + 256);
          writer.publish();
        }
        const noise = [0, 8, 120, 248, 256, 0xffff_ffff, random(2 ** 32)];
        region.words()[random(2) === 0 ? 32 : 64 + random(64)] = noise[random(noise.length)]!;
      }
      if (writer.fault) faults += 1;
      const reader = RecordReader.attach(peer, writer.replacePeer());
      expect(writer.fault).toBeUndefined();
      expect(['record', 'empty', 'corrupt']).toContain(reader.take().state);
    }
    expect(faults).toBeGreaterThan(100);
  });
});
