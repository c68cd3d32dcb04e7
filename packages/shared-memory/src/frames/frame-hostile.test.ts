import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Arena } from '../segment/arena.ts';
import { buffers } from '../segment/buffer-registry.ts';
import { FrameReader } from './frame-reader.ts';
import { FrameWriter } from './frame-writer.ts';

/** The peer is a compromised plugin: it writes any value to any word, at any time. This side must stay correct. */
const slotBytes = 4096;
const info = { width: 8, height: 8, format: 'bgra8' } as const;
let arena: Arena;
let peer: Arena;

beforeAll(async () => {
  arena = await Arena.create({ label: 'test', readWriteBytes: 200_000, readOnlyBytes: 200_000 });
  peer = Arena.attach(arena.descriptor());
});

afterAll(async () => {
  await peer.destroy();
  await arena.destroy();
});

/** Words that are likely to pass a wrong check, and any other words. */
const noise = fc.oneof(
  fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 7, 8, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1),
  fc.integer({ min: 0, max: 0xffff_ffff }),
);
const attack = fc.array(fc.record({ word: fc.integer({ min: 0, max: 95 }), value: noise }), { maxLength: 8 });

describe('with noise in its control words', () => {
  it('a reader returns frames inside its slots or a fault, and never throws', () => {
    let corrupt = 0;
    const property = fc.property(fc.array(attack, { maxLength: 12 }), (attacks) => {
      using reader = FrameReader.create(arena, { label: 'hostile', maximumFrameBytes: slotBytes });
      const descriptor = reader.writerDescriptor();
      const writer = FrameWriter.attach(peer, descriptor);
      const words = peer.region(descriptor.control).words();
      const first = arena.region(descriptor.pixels).byteOffset;
      for (const writes of attacks) {
        writer.borrow();
        writer.publish(info);
        for (const { word, value } of writes) words[word] = value;
        const latest = reader.latest();
        if (latest.state === 'corrupt') corrupt += 1;
        if (latest.state !== 'new') continue;
        const { pixels, strideBytes, width, height, dirty, sequence } = latest.frame;
        expect(pixels.byteOffset).toBeGreaterThanOrEqual(first);
        expect(pixels.byteOffset + pixels.byteLength).toBeLessThanOrEqual(first + 3 * slotBytes);
        expect((pixels.byteOffset - first) % slotBytes).toBe(0);
        expect(pixels.byteLength).toBe(strideBytes * height);
        expect(dirty.x + dirty.width).toBeLessThanOrEqual(width);
        expect(dirty.y + dirty.height).toBeLessThanOrEqual(height);
        expect(Number.isSafeInteger(sequence)).toBe(true);
      }
      expect(buffers().length).toBeGreaterThan(0); // any value can be shown
    });
    fc.assert(property, { seed: 3, numRuns: 400 });
    expect(corrupt).toBeGreaterThan(100); // the noise was not harmless
  });

  it('a writer publishes or returns a fault, never throws, and draws only in its slots', () => {
    let corrupt = 0;
    const property = fc.property(fc.array(attack, { maxLength: 12 }), (attacks) => {
      using writer = FrameWriter.create(arena, { label: 'hostile', maximumFrameBytes: slotBytes });
      const descriptor = writer.readerDescriptor();
      const words = peer.region(descriptor.control).words();
      const first = arena.region(descriptor.pixels).byteOffset;
      for (const writes of attacks) {
        for (const { word, value } of writes) words[word] = value;
        const { pixels } = writer.borrow();
        expect([0, slotBytes, 2 * slotBytes]).toContain(pixels.byteOffset - first);
        expect(pixels.byteLength).toBe(slotBytes);
        if (writer.publish(info).state === 'corrupt') corrupt += 1;
      }
    });
    fc.assert(property, { seed: 3, numRuns: 400 });
    expect(corrupt).toBeGreaterThan(100);
  });

  it.each([
    ['state-word', 0, 3],
    ['state-word', 0, 8 | 4],
    ['sequence', 49, 0],
    ['sequence', 49, 2 ** 31 + 5],
    ['geometry', 50, 0],
    ['geometry', 51, 1000],
    ['geometry', 52, 2 ** 32 - 1],
    ['pixel-format', 53, 3],
    ['generation', 58, 2],
    ['timestamp', 61, 0x7ff0_0000],
    ['timestamp', 61, 0xc000_0000],
  ])('a reader reports a fault in the %s (word %d = %d), and takes a new writer after that', (reason, word, value) => {
    using reader = FrameReader.create(arena, { label: 'hostile', maximumFrameBytes: slotBytes });
    const descriptor = reader.writerDescriptor();
    const writer = FrameWriter.attach(peer, descriptor);
    writer.borrow();
    writer.publish(info); // slot 0, whose words start at 48
    peer.region(descriptor.control).words()[word] = value;
    if (word === 0) peer.region(descriptor.control).words()[0] = value | 4;
    expect(reader.latest()).toMatchObject({ state: 'corrupt', fault: { reason } });
    expect(reader.latest()).toMatchObject({ state: 'corrupt', fault: { reason } });
    expect(reader.report().fault).toMatchObject({ reason });
    const next = FrameWriter.attach(peer, reader.replaceWriter());
    next.borrow();
    next.publish(info);
    expect(reader.latest()).toMatchObject({ state: 'new', frame: { generation: 2 } });
  });

  it('a reader counts frames that changed while it held them', () => {
    using reader = FrameReader.create(arena, { label: 'hostile', maximumFrameBytes: slotBytes });
    const descriptor = reader.writerDescriptor();
    const writer = FrameWriter.attach(peer, descriptor);
    for (const scribble of [false, true, false]) {
      writer.borrow();
      writer.publish(info);
      reader.latest();
      const { slot } = reader.report().reader;
      if (scribble) peer.region(descriptor.control).words()[48 + 16 * slot!] = 77; // draws in the reader's slot
    }
    writer.borrow();
    writer.publish(info);
    reader.latest();
    expect(reader.counts).toMatchObject({ taken: 4, torn: 1 });
  });
});
