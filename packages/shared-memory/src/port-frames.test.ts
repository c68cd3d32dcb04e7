import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Arena } from './arena.ts';
import { capabilities } from './capabilities.ts';
import type { FrameSink, FrameSource } from './frame-path.ts';
import { FrameReader } from './frame-reader.ts';
import { FrameWriter } from './frame-writer.ts';
import { type FramePort, PortFrameReader, PortFrameWriter } from './port-frames.ts';

const info = { width: 4, height: 2, format: 'bgra8' } as const;
const options = { label: 'test', maximumFrameBytes: 4096 };
let arena: Arena;
let channel: MessageChannel;

beforeEach(async () => {
  arena = await Arena.create({ label: 'test', readOnlyBytes: 50_000 });
  channel = new MessageChannel();
  return () => arena.destroy();
});

afterEach(() => channel.port1.close());

const framePort = (port: MessagePort): FramePort => ({
  postMessage: (message) => port.postMessage(message),
  onMessage: (listener) => port.on('message', listener),
});

/** One turn of the event loop for each way: what was posted before has arrived. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 6; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

const paths: Record<string, () => [FrameSink, FrameSource]> = {
  'shared memory': () => {
    const writer = FrameWriter.create(arena, options);
    return [writer, FrameReader.attach(arena, writer.readerDescriptor())];
  },
  'a port': () => [
    new PortFrameWriter(framePort(channel.port1), options),
    new PortFrameReader(framePort(channel.port2), options),
  ],
};

describe.each(Object.entries(paths))('frames over %s', (_name, make) => {
  it('arrive, the latest first, and those between are counted', async () => {
    const [sink, source] = make();
    expect(source.latest()).toEqual({ state: 'unchanged', frame: undefined });
    for (const value of [1, 2, 3]) {
      sink.borrow().pixels.fill(value);
      expect(sink.publish(info)).toMatchObject({ state: 'published', sequence: value });
    }
    const seen: number[] = [];
    for (let look = 0; look < 4; look += 1) {
      await settle();
      const latest = source.latest();
      if (latest.state !== 'new') continue;
      expect(latest.frame.pixels).toHaveLength(32);
      expect(latest.frame.pixels[31]).toBe(latest.frame.sequence);
      seen.push(latest.frame.sequence);
    }
    expect(seen.at(-1)).toBe(3);
    const { taken, dropped, torn } = source.counts;
    expect({ total: taken + dropped, torn }).toEqual({ total: 3, torn: 0 });
    expect(dropped).toBeGreaterThan(0);
    expect(source.latest()).toMatchObject({ state: 'unchanged', frame: { sequence: 3 } });
  });

  it('that fit no slot are refused', () => {
    const [sink] = make();
    expect(() => sink.publish({ ...info, height: 1000 })).toThrow('a frame of 16000 bytes in a slot of 4096');
  });
});

describe('a reader of frames over a port', () => {
  const frame = {
    sequence: 1,
    width: 1,
    height: 1,
    strideBytes: 4,
    format: 'bgra8',
    dirty: { x: 0, y: 0, width: 1, height: 1 },
    timestampUs: 1,
    pixels: new Uint8Array(4),
  };

  it.each([
    ['no frame', 'hello'],
    ['too few pixels', { ...frame, height: 2 }],
    ['a rectangle that sticks out', { ...frame, dirty: { x: 1, y: 0, width: 1, height: 1 } }],
    ['an unknown format', { ...frame, format: 'cmyk' }],
    ['a size that overflows', { ...frame, width: 2 ** 40 }],
  ])('says that it got %s, and takes no more', async (_what, message) => {
    const reader = new PortFrameReader(framePort(channel.port2), options);
    channel.port1.postMessage(message);
    channel.port1.postMessage(frame);
    await settle();
    expect(reader.latest()).toMatchObject({ state: 'corrupt', fault: { reason: 'geometry' } });
  });

  it('takes no frame that it has not asked for', async () => {
    const reader = new PortFrameReader(framePort(channel.port2), options);
    channel.port1.postMessage(frame);
    channel.port1.postMessage({ ...frame, sequence: 2 });
    await settle();
    expect(reader.latest()).toMatchObject({ state: 'corrupt', fault: { reason: 'sequence' } });
  });
});

it('says plainly whether frames are copied here', () => {
  expect(capabilities()).toEqual({ sharedMemory: true, copies: false });
});
