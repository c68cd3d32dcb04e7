import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ArenaFullError } from '../posix/errors.ts';
import { Arena } from '../segment/arena.ts';
import { buffers } from '../segment/buffer-registry.ts';
import { leftovers, nothing } from '../testing/leftovers.ts';
import { type Frame, FrameReader, type Latest } from './frame-reader.ts';
import { FrameWriter } from './frame-writer.ts';

const info = { width: 8, height: 4, format: 'bgra8' } as const;
let arena: Arena;
let peer: Arena;

beforeEach(async () => {
  arena = await Arena.create({ label: 'test', readWriteBytes: 200_000, readOnlyBytes: 200_000 });
  peer = Arena.attach(arena.descriptor());
});

afterEach(async () => {
  await peer.destroy();
  await arena.destroy();
  expect(leftovers()).toEqual(nothing);
});

/** Makes a writer, which owns the buffer, and a reader. */
function pair(options = {}): { writer: FrameWriter; reader: FrameReader } {
  const writer = FrameWriter.create(arena, { label: 'frames', maximumFrameBytes: 4096, ...options });
  return { writer, reader: FrameReader.attach(peer, writer.readerDescriptor()) };
}

function publish(writer: FrameWriter, value: number, more = {}): void {
  writer.borrow().pixels.fill(value);
  expect(writer.publish({ ...info, ...more })).toMatchObject({ state: 'published' });
}

function frameOf(latest: Latest): Frame {
  if (latest.state !== 'new') throw new Error(`expected a new frame, not ${latest.state}`);
  return latest.frame;
}

describe('a frame buffer', () => {
  it('hands over the latest frame in place, with its description', () => {
    const { writer, reader } = pair();
    expect(reader.latest()).toEqual({ state: 'unchanged', frame: undefined });
    publish(writer, 7, { strideBytes: 64, dirty: { x: 1, y: 2, width: 3, height: 1 }, timestampUs: 12.5 });
    const frame = frameOf(reader.latest());
    expect(frame).toMatchObject({ width: 8, height: 4, strideBytes: 64, format: 'bgra8', sequence: 1, generation: 1 });
    expect(frame).toMatchObject({ dirty: { x: 1, y: 2, width: 3, height: 1 }, timestampUs: 12.5, dropped: 0 });
    expect(frame.pixels).toEqual(new Uint8Array(256).fill(7));
    expect(reader.latest()).toEqual({ state: 'unchanged', frame });
  });

  it('counts frames that were never seen, on both sides', () => {
    const { writer, reader } = pair();
    publish(writer, 1);
    frameOf(reader.latest());
    for (const value of [2, 3, 4]) publish(writer, value);
    const frame = frameOf(reader.latest());
    expect(frame).toMatchObject({ sequence: 4, dropped: 2 });
    expect(frame.pixels[0]).toBe(4);
    expect(reader.counts).toEqual({ taken: 2, dropped: 2, torn: 0 });
    expect(writer.report().counts).toEqual({ taken: 2, dropped: 2, torn: 0, overwritten: 2 });
  });

  it('does not change a frame that is being read, however many are published', () => {
    const { writer, reader } = pair();
    publish(writer, 1);
    const frame = frameOf(reader.latest());
    for (let value = 2; value < 20; value += 1) publish(writer, value);
    expect(frame.pixels).toEqual(new Uint8Array(128).fill(1));
  });

  it('shows its writer the last published frame', () => {
    const { writer, reader } = pair();
    expect(writer.last()).toBeUndefined();
    for (const value of [1, 2, 3]) {
      publish(writer, value);
      if (value === 2) frameOf(reader.latest());
      writer.borrow().pixels.fill(99);
      expect(writer.last()).toMatchObject({ sequence: value, width: 8, height: 4, strideBytes: 32 });
      expect(writer.last()?.pixels).toEqual(new Uint8Array(128).fill(value));
    }
  });

  it('publishes a slot that was not borrowed', () => {
    const { writer, reader } = pair();
    for (let frame = 0; frame < 4; frame += 1) {
      writer.publish(info);
      frameOf(reader.latest());
    }
    expect(reader.counts).toEqual({ taken: 4, dropped: 0, torn: 0 });
  });

  it('tells the age of the pixels in a borrowed slot', () => {
    const { writer } = pair();
    const ages: number[] = [];
    for (let value = 0; value < 5; value += 1) {
      ages.push(writer.borrow().age);
      publish(writer, value);
    }
    expect(ages).toEqual([0, 0, 2, 2, 2]);
  });

  it.each([2 ** 31 - 3, 2 ** 32 - 3, 2 ** 33 - 3])('continues past %d frames', (sequence) => {
    const { writer, reader } = pair({ sequence });
    for (let value = 1; value < 8; value += 1) {
      publish(writer, value);
      if (value % 2 === 0) continue;
      expect(frameOf(reader.latest())).toMatchObject({ sequence: sequence + value, dropped: value > 1 ? 1 : 0 });
    }
    expect(reader.counts).toEqual({ taken: 4, dropped: 3, torn: 0 });
  });

  it('refuses a frame that does not fit, and says why', () => {
    const { writer } = pair();
    expect(() => writer.publish({ ...info, height: 200 })).toThrow('a frame of 6400 bytes in a slot of 4096');
    expect(() => writer.publish({ ...info, strideBytes: 31 })).toThrow('from 32 to 4096, not 31');
    expect(() => writer.publish({ ...info, width: 0 })).toThrow('width in pixels');
  });

  it('copies only changed pixels, and every frame is complete', () => {
    const rectangle = fc.record({
      x: fc.integer({ min: 0, max: 31 }),
      y: fc.integer({ min: 0, max: 31 }),
      width: fc.integer({ min: 0, max: 40 }),
      height: fc.integer({ min: 0, max: 40 }),
    });
    const step = fc.record({ dirty: fc.option(rectangle), read: fc.boolean(), wide: fc.boolean() });
    const property = fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const { writer, reader } = pair();
      using _writer = writer;
      const picture = new Uint8Array(4096);
      let shown: Uint8Array = new Uint8Array(0);
      let painted = 0;
      let shape = '';
      for (const { dirty, read, wide } of steps) {
        painted += 1;
        const [width, height] = wide ? [32, 32] : [16, 32];
        // A frame of another shape is completely dirty.
        const changed = shape === `${width}` && dirty ? dirty : { x: 0, y: 0, width, height };
        shape = `${width}`;
        for (let y = changed.y; y < Math.min(changed.y + changed.height, height); y += 1) {
          const right = Math.min(changed.x + changed.width, width);
          for (let x = changed.x; x < right; x += 1)
            picture.fill(painted, (y * width + x) * 4, (y * width + x + 1) * 4);
        }
        expect(writer.write(picture, { width, height, format: 'bgra8', dirty: changed }).state).toBe('published');
        shown = picture.slice(0, width * height * 4);
        if (read) expect(frameOf(reader.latest()).pixels).toEqual(shown);
      }
      const last = reader.latest();
      if (last.state !== 'corrupt' && last.frame) expect(last.frame.pixels).toEqual(shown);
    });
    fc.assert(property, { seed: 2, numRuns: 200 });
  });

  it('is listed until it is closed, and frees its memory then', () => {
    const free = arena.bytesFree('read-only');
    const { writer, reader } = pair({ label: 'listed' });
    const roles = (): string[] => buffers().flatMap(({ label, role }) => (label === 'listed' ? [role] : []));
    expect(roles()).toEqual(['writer', 'reader']);
    expect(writer.report()).toMatchObject({ backend: 'sealed', slots: 3, writer: { pid: process.pid, slot: 0 } });
    reader.close();
    writer.close();
    writer.close();
    expect(roles()).toEqual([]);
    expect(arena.bytesFree('read-only')).toBe(free);
  });

  it('leaves nothing allocated when there is no room for its pixels', () => {
    const free = arena.bytesFree('read-write');
    expect(() => FrameWriter.create(arena, { label: 'large', maximumFrameBytes: 10 ** 7 })).toThrow(ArenaFullError);
    expect(arena.bytesFree('read-write')).toBe(free);
  });

  it('refuses the wrong role', () => {
    const { writer } = pair();
    expect(() => FrameWriter.attach(peer, writer.readerDescriptor())).toThrow('is to be read, not written');
  });
});

describe('a replaced reader', () => {
  it('gives its slot back, and the next reader gets the newest frame', () => {
    const { writer, reader } = pair();
    publish(writer, 1);
    frameOf(reader.latest()); // and dies with it
    const next = FrameReader.attach(peer, writer.replaceReader());
    expect(next.generation).toBe(2);
    expect(frameOf(next.latest())).toMatchObject({ sequence: 1, dropped: 0 });
    for (const value of [2, 3]) publish(writer, value);
    const frame = frameOf(next.latest());
    expect(frame).toMatchObject({ sequence: 3, dropped: 1 });
    expect(frame.pixels[0]).toBe(3);
  });

  it('can be replaced even if it filled the state word with noise', () => {
    const { writer, reader } = pair();
    publish(writer, 1);
    peer.region(writer.readerDescriptor().control).words()[0] = 0xffff_ffff;
    expect(writer.publish(info)).toMatchObject({ state: 'corrupt', fault: { reason: 'state-word' } });
    expect(writer.publish(info)).toMatchObject({ state: 'corrupt' });
    reader.close();
    const next = FrameReader.attach(peer, writer.replaceReader());
    publish(writer, 5);
    expect(frameOf(next.latest()).pixels[0]).toBe(5);
  });
});

describe('a replaced writer', () => {
  function reversed(): { writer: FrameWriter; reader: FrameReader } {
    const reader = FrameReader.create(arena, { label: 'frames', maximumFrameBytes: 4096 });
    return { reader, writer: FrameWriter.attach(peer, reader.writerDescriptor()) };
  }

  it('that died while it drew is continued by the next writer', () => {
    const { writer, reader } = reversed();
    publish(writer, 1);
    const held = frameOf(reader.latest());
    publish(writer, 2);
    writer.borrow().pixels.fill(99); // and dies
    const next = FrameWriter.attach(peer, reader.replaceWriter());
    expect(next.generation).toBe(2);
    expect(held.pixels[0]).toBe(1);
    expect(next.borrow().age).toBe(0);
    publish(next, 3);
    expect(held.pixels[0]).toBe(1);
    const frame = frameOf(reader.latest());
    expect(frame).toMatchObject({ sequence: 3, generation: 2, dropped: 1 });
    expect(frame.pixels[0]).toBe(3);
    expect(reader.counts.torn).toBe(0);
  });

  it('leaves its last complete frame for the reader', () => {
    const { writer, reader } = reversed();
    publish(writer, 4);
    writer.borrow().pixels.fill(99);
    reader.replaceWriter();
    expect(frameOf(reader.latest()).pixels[0]).toBe(4);
  });
});
