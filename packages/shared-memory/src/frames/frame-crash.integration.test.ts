import { afterAll, beforeAll, expect, it } from 'vitest';
import { Arena } from '../segment/arena.ts';
import type { FrameBufferDescriptor } from '../segment/descriptors.ts';
import type { Region } from '../segment/region.ts';
import { leftovers, nothing } from '../testing/leftovers.ts';
import { firstTear, paint } from '../testing/pattern.ts';
import { PeerProcess } from '../testing/peer-process.ts';
import { randomNumbers } from '../testing/random.ts';
import { FrameReader } from './frame-reader.ts';
import { FrameWriter } from './frame-writer.ts';

/** Number of kills in each test. Set BULKHEAD_KILLS=1000 for a long run. */
const kills = Number(process.env.BULKHEAD_KILLS ?? 8);
/** Set BULKHEAD_SEED for other moments. */
const seed = Number(process.env.BULKHEAD_SEED ?? 0);
const slotBytes = 64 * 64 * 4;
const buffer = { label: 'crash', maximumFrameBytes: slotBytes };
let arena: Arena;
let canaries: Region[];

beforeAll(async () => {
  arena = await Arena.create({ label: 'test', readWriteBytes: 200_000, readOnlyBytes: 200_000 });
  canaries = [];
});

afterAll(async () => {
  await arena.destroy();
  expect(leftovers()).toEqual(nothing);
});

/** Puts a region of known bytes before and after the memory that `make` allocates. */
function betweenCanaries<Made>(make: () => Made): Made {
  const canary = (): void => {
    for (const access of ['read-only', 'read-write'] as const) {
      const region = arena.allocate(access, 4096, 4096);
      region.bytes().fill(0xa5);
      canaries.push(region);
    }
  };
  canary();
  const made = make();
  canary();
  return made;
}

function expectCanariesAlive(): void {
  for (const region of canaries) expect(region.bytes().every((byte) => byte === 0xa5)).toBe(true);
  for (const region of canaries.splice(0)) arena.free(region);
}

async function start(descriptor: FrameBufferDescriptor): Promise<PeerProcess> {
  const peer = new PeerProcess('frame-peer.ts');
  await peer.receive();
  await peer.ask({ arena: arena.descriptor(), buffer: descriptor });
  return peer;
}

/** Lets the event loop handle messages of the processes and the test's time limit. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it(
  `never shows a torn or an old frame of writers that are stopped and killed ${kills} times`,
  async () => {
    const random = randomNumbers(seed + 1);
    using reader = betweenCanaries(() => FrameReader.create(arena, buffer));
    let descriptor = reader.writerDescriptor();
    let newest = 0;
    /** Takes `count` frames and checks each. */
    const take = async (count: number): Promise<void> => {
      for (let taken = 0; taken < count; ) {
        const latest = reader.latest();
        if (latest.state === 'corrupt') throw new Error(latest.fault.detail);
        if (latest.state === 'new') {
          const { sequence, pixels } = latest.frame;
          expect(sequence).toBeGreaterThan(newest);
          expect(firstTear(pixels, sequence)).toBeUndefined();
          newest = sequence;
          taken += 1;
        } else await breathe();
      }
    };
    for (let round = 0; round < kills; round += 1) {
      await using writer = await start(descriptor);
      await take(1 + random(30));
      writer.signal('SIGSTOP');
      for (let look = 0; look < 20; look += 1) expect(reader.latest().state).not.toBe('corrupt');
      const held = reader.latest();
      if ('frame' in held && held.frame) {
        newest = held.frame.sequence;
        expect(firstTear(held.frame.pixels, newest)).toBeUndefined();
      }
      writer.signal('SIGCONT');
      await take(1 + random(30));
      await writer.kill();
      descriptor = reader.replaceWriter();
      expect(descriptor).toMatchObject({ generation: round + 2 });
    }
    expect(reader.counts.torn).toBe(0);
    expectCanariesAlive();
  },
  60_000 + kills * 5_000,
);

it(
  `lets a writer go on past readers that are stopped and killed ${kills} times, none of which sees a torn frame`,
  async () => {
    const random = randomNumbers(seed + 2);
    using writer = betweenCanaries(() => FrameWriter.create(arena, buffer));
    let descriptor = writer.readerDescriptor();
    const publish = async (count: number): Promise<void> => {
      for (let published = 0; published < count; published += 1) {
        const { pixels, sequence } = writer.borrow();
        paint(pixels, sequence);
        expect(writer.publish({ width: 64, height: 64, format: 'bgra8' })).toMatchObject({
          state: 'published',
          sequence,
        });
        if (published % 16 === 0) await breathe();
      }
    };
    /** Publishes until the reader has taken `count` more frames. */
    const publishUntilTaken = async (count: number): Promise<void> => {
      const start = writer.report().counts.taken;
      while ((writer.report().counts.taken - start) >>> 0 < count) await publish(1);
    };
    for (let round = 0; round < kills; round += 1) {
      const reader = await start(descriptor);
      await publishUntilTaken(1 + random(30));
      reader.signal('SIGSTOP');
      await publish(5 + random(30));
      reader.signal('SIGCONT');
      await publishUntilTaken(1 + random(30));
      reader.signal('SIGKILL');
      await publish(random(3));
      // Any other end than this test's signal is an error that the reader found.
      expect([await reader.ended, reader.errors]).toEqual([{ code: null, signal: 'SIGKILL' }, '']);
      descriptor = writer.replaceReader();
    }
    expectCanariesAlive();
  },
  60_000 + kills * 5_000,
);
