import { MessageChannel, type MessagePort } from 'node:worker_threads';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { capabilities } from '../posix/capabilities.ts';
import { Arena } from '../segment/arena.ts';
import type { FrameSink, FrameSource } from './frame-interfaces.ts';
import type { FrameFault } from './frame-layout.ts';
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
  post: (message) => port.postMessage(message),
  onMessage: (listener) => port.on('message', (message) => listener(message, [])),
  start: () => port.start(),
  close: () => port.close(),
});

/** Waits some turns of the event loop, so that every message that was posted before has arrived. */
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
  it('arrive as the latest frame, and skipped frames are counted', async () => {
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
    expect([...(sink.last()?.pixels ?? [])]).toEqual(Array(32).fill(3));
  });

  it('are refused if they do not fit into a slot', () => {
    const [sink] = make();
    expect(() => sink.publish({ ...info, height: 1000 })).toThrow('a frame of 16000 bytes in a slot of 4096');
  });
});

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

/** A port whose other end is this test. Records posted messages and delivers messages at once. */
function handPort() {
  const posted: unknown[] = [];
  let deliver: (message: unknown, ports?: readonly unknown[]) => void = () => undefined;
  const port: FramePort & { closed: boolean } = {
    closed: false,
    post: (message) => posted.push(message),
    onMessage: (listener) => {
      deliver = (message, ports = []) => listener(message, ports);
    },
    start: () => undefined,
    close: () => {
      port.closed = true;
    },
  };
  return { port, posted, deliver: (message: unknown, ports?: readonly unknown[]) => deliver(message, ports) };
}

function reading(restMs = 0) {
  const faults: FrameFault[] = [];
  const hand = handPort();
  const onFrame = vi.fn();
  const reader = new PortFrameReader(hand.port, {
    ...options,
    restMs,
    onFrame,
    onFault: (fault) => faults.push(fault),
  });
  return { ...hand, reader, faults, onFrame };
}

function writing() {
  const faults: FrameFault[] = [];
  const hand = handPort();
  const writer = new PortFrameWriter(hand.port, { ...options, onFault: (fault) => faults.push(fault) });
  return { ...hand, writer, faults };
}

describe('a reader of frames over a port', () => {
  it.each([
    ['no frame', 'hello'],
    ['too few pixels', { ...frame, height: 2 }],
    ['a rectangle that sticks out', { ...frame, dirty: { x: 1, y: 0, width: 1, height: 1 } }],
    ['an unknown format', { ...frame, format: 'cmyk' }],
    ['a size that overflows', { ...frame, width: 2 ** 40 }],
    ['a frame larger than its slot', { ...frame, height: 1025, strideBytes: 4, pixels: new Uint8Array(4100) }],
    ['a small view of much more', { ...frame, pixels: new Uint8Array(1 << 20).subarray(0, 4) }],
    ['something beside a frame', { ...frame, more: new Uint8Array(1 << 20) }],
  ])('reports at once that it got %s, closes the port, and takes no more messages', async (_what, message) => {
    const told = Promise.withResolvers<FrameFault>();
    const reader = new PortFrameReader(framePort(channel.port2), { ...options, onFault: told.resolve });
    channel.port1.postMessage(message);
    channel.port1.postMessage(frame);
    expect(await told.promise).toMatchObject({ reason: 'geometry' });
    await settle();
    expect(reader.latest()).toMatchObject({ state: 'corrupt', fault: { reason: 'geometry' } });
  });

  it('refuses a frame that it has not asked for', () => {
    const { deliver, reader, faults, onFrame } = reading();
    deliver(frame);
    deliver({ ...frame, sequence: 2 });
    expect(reader.latest()).toMatchObject({ state: 'corrupt', fault: { reason: 'sequence' } });
    expect(onFrame).toHaveBeenCalledTimes(1);
    expect(faults).toHaveLength(1);
  });

  it('asks for the next frame after a rest, and reports a writer that does not wait', () => {
    vi.useFakeTimers();
    try {
      const { deliver, reader, posted, faults } = reading(100);
      deliver(frame);
      expect(reader.latest().state).toBe('new');
      expect(posted).toEqual([]);
      vi.advanceTimersByTime(100);
      expect(posted).toEqual(['next']);
      deliver({ ...frame, sequence: 2 });
      expect(reader.latest().state).toBe('new');
      deliver({ ...frame, sequence: 3 });
      expect(faults).toMatchObject([{ reason: 'sequence' }]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('keeps at most one frame, whatever messages come, and never throws', () => {
    const noise = fc.oneof(
      fc.constant('take'),
      fc.nat(20).map((sequence) => ({ ...frame, sequence })),
      fc.record(
        {
          ...Object.fromEntries(Object.entries(frame).map(([name, value]) => [name, fc.constant(value)])),
          sequence: fc.oneof(fc.nat(20), fc.maxSafeInteger(), fc.double()),
          width: fc.oneof(fc.nat(3), fc.anything()),
          pixels: fc.oneof(
            fc.nat(8).map((length) => new Uint8Array(length)),
            fc.anything(),
          ),
          dirty: fc.oneof(fc.constant(frame.dirty), fc.anything()),
        },
        { requiredKeys: ['sequence'] },
      ),
      fc.anything({ withTypedArray: true, withMap: true }),
    );
    let ended = 0;
    fc.assert(
      fc.property(fc.array(noise, { maxLength: 12 }), (messages) => {
        const { deliver, reader, posted, faults, port } = reading();
        let taken = 0;
        for (const message of messages) {
          if (message === 'take') {
            const latest = reader.latest();
            if (latest.state !== 'new') continue;
            taken += 1;
            expect(latest.frame.pixels.byteLength).toBe(latest.frame.strideBytes * latest.frame.height);
            expect(latest.frame.pixels.buffer.byteLength).toBeLessThanOrEqual(options.maximumFrameBytes);
            continue;
          }
          const before = faults.length;
          deliver(message);
          if (before === 1) expect(faults).toHaveLength(1); // messages are ignored after a fault
        }
        expect(posted).toEqual(Array(taken).fill('next'));
        expect(faults.length).toBe(port.closed ? 1 : 0);
        if (faults[0]) {
          ended += 1;
          expect(faults[0].detail.length).toBeLessThanOrEqual(200);
          expect(reader.latest().state).toBe('corrupt');
        }
      }),
      { seed: 5, numRuns: 600 },
    );
    expect(ended).toBeGreaterThan(100); // the noise was not harmless
  });
});

describe('a writer of frames over a port', () => {
  it('sends one frame for each frame that its reader has taken, however many are painted', () => {
    const { writer, posted, deliver } = writing();
    for (let painted = 0; painted < 50; painted += 1) writer.write(new Uint8Array(32), info);
    expect(posted).toHaveLength(1);
    deliver('next');
    expect(posted).toMatchObject([{ sequence: 1 }, { sequence: 50 }]);
    expect(writer.counts).toEqual({ taken: 1, overwritten: 48 });
  });

  it.each([
    ['a frame before it got one', ['next']],
    ['many frames before it got one', Array(1000).fill('next')],
    ['something else', [{ next: true }]],
  ])('has a fault if its reader asks for %s, and sends nothing more', (_what, messages) => {
    const { writer, posted, deliver, faults, port } = writing();
    for (const message of messages) deliver(message);
    expect(writer.write(new Uint8Array(32), info)).toMatchObject({ state: 'corrupt', fault: { reason: 'message' } });
    expect([posted, faults.length, port.closed]).toEqual([[], 1, true]);
  });

  it('refuses ports', () => {
    const { writer, deliver, faults } = writing();
    writer.write(new Uint8Array(32), info);
    deliver('next', [{}]);
    expect(faults).toMatchObject([{ reason: 'message' }]);
  });
});

it('tells whether frames are copied on this platform', () => {
  expect(capabilities()).toEqual({ sharedMemory: true, copies: false });
});

it('gives the reason on a platform without shared memory', async () => {
  vi.resetModules();
  const platform = vi.spyOn(process, 'platform', 'get').mockReturnValue('darwin');
  const elsewhere = await import('../posix/capabilities.ts');
  expect(elsewhere.capabilities()).toMatchObject({ sharedMemory: false, copies: true, cause: 'platform' });
  platform.mockRestore();
});
