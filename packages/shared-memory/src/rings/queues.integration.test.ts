import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Arena } from '../segment/arena.ts';
import type { Region } from '../segment/region.ts';
import { leftovers, nothing } from '../testing/leftovers.ts';
import {
  type NumberedConsumer,
  type NumberedProducer,
  numberedItem,
  numberOf,
  numberOfCell,
} from '../testing/numbered-items.ts';
import { PeerProcess } from '../testing/peer-process.ts';
import { randomNumbers } from '../testing/random.ts';
import { BoundedBuffer } from './bounded-buffer.ts';
import { CellReader } from './cell-reader.ts';
import { CellWriter } from './cell-writer.ts';
import { ElementReader } from './element-reader.ts';
import { ElementWriter } from './element-writer.ts';
import { RecordReader } from './record-reader.ts';
import { RecordWriter } from './record-writer.ts';
import { UnboundedProducer } from './unbounded-buffer.ts';

/** Number of kills in each test. Set BULKHEAD_KILLS=1000 for a long run. */
const kills = Number(process.env.BULKHEAD_KILLS ?? 2);
/** Set BULKHEAD_SEED for other moments. */
const seed = Number(process.env.BULKHEAD_SEED ?? 0);
const items = 5000;
let arena: Arena;
let canaries: Region[];

beforeAll(async () => {
  arena = await Arena.create({ label: 'test', readWriteBytes: 4_000_000 });
  canaries = [];
});

afterAll(async () => {
  for (const canary of canaries) expect(canary.bytes().every((byte) => byte === 0xa5)).toBe(true);
  await arena.destroy();
  expect(leftovers()).toEqual(nothing);
});

/** Puts a region of known bytes before and after the memory that `make` allocates. */
function betweenCanaries<Made>(make: () => Made): Made {
  const place = (): void => {
    const canary = arena.allocate('read-write', 64, 64);
    canary.bytes().fill(0xa5);
    canaries.push(canary);
  };
  place();
  const made = make();
  place();
  return made;
}

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function produceAll(produce: NumberedProducer, from: number, to: number): Promise<void> {
  for (let next = from; next < to; ) {
    if (produce(next)) next += 1;
    else await breathe();
    if (next % 100 === 0) await breathe(); // for queues that are never full
  }
}

async function consumeAll(consume: NumberedConsumer, from: number, to: number, gaps: boolean): Promise<void> {
  for (let next = from; next < to; ) {
    const number = consume();
    if (number === undefined) await breathe();
    else if (gaps ? number >= next : number === next) next = number + 1;
    else throw new Error(`item ${number} in place of ${next}`);
  }
}

/** Takes all items that are there, from number `from` or, with gaps, from a later one. Returns the next number. */
function takeWhatIsThere(consume: NumberedConsumer, from: number, gaps: boolean): number {
  let next = from;
  for (let number = consume(); number !== undefined; number = consume()) {
    if (gaps ? number < next : number !== next) throw new Error(`item ${number} in place of ${next}`);
    next = number + 1;
  }
  return next;
}

async function start(queue: unknown, role: 'produce' | 'consume', more: object): Promise<PeerProcess> {
  const peer = new PeerProcess('queue-peer.ts');
  await peer.receive();
  await peer.ask({ arena: arena.descriptor(), queue, role, from: 0, gaps: false, ...more });
  return peer;
}

const near32 = 2 ** 32 - 1000;
const near31 = 2 ** 31 - 1000;
const elements = { label: 'test', capacity: 64 };
const records = { label: 'test', capacity: 1024 };

describe('between two processes', () => {
  it.each<[string, () => Producing]>([
    ['elements', () => elementProducer({ ...elements, startAt: near32 })],
    ['cells', () => cellProducer({ ...elements, startAt: near32 })],
    ['elements, the oldest dropped', () => elementProducer({ ...elements, startAt: near31, overflow: 'drop-oldest' })],
    ['records', () => recordProducer({ ...records, startAt: near32 - 24 })],
    ['records, the oldest dropped', () => recordProducer({ ...records, startAt: near31 - 8, overflow: 'drop-oldest' })],
    ['a bounded buffer', boundedProducer],
    ['an unbounded buffer', unboundedProducer],
  ])(
    'every item arrives complete and in order: %s',
    async (_what, make) => {
      const { queue, produce, gaps } = betweenCanaries(make);
      await using peer = await start(queue, 'consume', { to: items, gaps });
      await produceAll(produce, 0, items);
      // With drop-oldest, the last items stay for the consumer.
      expect(await peer.receive()).toEqual({ done: items });
    },
    60_000,
  );

  it.each([
    ['elements', () => elementConsumer({ ...elements, startAt: near32 })],
    ['cells', () => cellConsumer({ ...elements, startAt: near31 })],
    ['elements, the oldest dropped', () => elementConsumer({ ...elements, startAt: near31, overflow: 'drop-oldest' })],
    ['records', () => recordConsumer({ ...records, startAt: near31 - 8 })],
    [
      'records, the oldest dropped',
      () => recordConsumer({ ...records, startAt: near32 - 24, overflow: 'drop-oldest' }),
    ],
  ])(
    `and with the producer stopped and killed ${kills} times: %s`,
    async (_what, make) => {
      const random = randomNumbers(seed + 3);
      const { queue, consume, gaps, replace } = betweenCanaries(make);
      let descriptor = queue;
      let next = 0;
      for (let round = 0; round < kills; round += 1) {
        await using peer = await start(descriptor, 'produce', { from: next });
        const target = next + 1 + random(3000);
        await consumeAll(consume, next, target, gaps);
        peer.signal('SIGSTOP');
        next = takeWhatIsThere(consume, target, gaps);
        peer.signal('SIGCONT');
        const further = next + 1 + random(300);
        await consumeAll(consume, next, further, gaps);
        await peer.kill();
        next = takeWhatIsThere(consume, further, gaps);
        descriptor = replace();
      }
    },
    60_000 + kills * 5_000,
  );

  it.each([
    ['elements', () => elementProducer(elements)],
    ['cells', () => cellProducer(elements)],
    ['elements, the oldest dropped', () => elementProducer({ ...elements, overflow: 'drop-oldest' })],
    ['records', () => recordProducer(records)],
    ['records, the oldest dropped', () => recordProducer({ ...records, overflow: 'drop-oldest' })],
  ])(
    `and with the consumer stopped and killed ${kills} times: %s`,
    async (_what, make) => {
      const random = randomNumbers(seed + 4);
      const { queue, produce, replace, gaps } = betweenCanaries(make);
      let descriptor = queue;
      let next = 0;
      for (let round = 0; round < kills; round += 1) {
        // Items that the dead consumer took and did not release come again: any number may be the first.
        await using peer = await start(descriptor, 'consume', { from: undefined, gaps });
        const target = next + 1 + random(3000);
        await produceAll(produce, next, target);
        peer.signal('SIGSTOP');
        next = target;
        // The consumer is stopped: fill the ring, or drop its oldest items.
        for (let put = 0; put < 200 && produce(next); put += 1) next += 1;
        peer.signal('SIGCONT');
        const further = next + 1 + random(300);
        await produceAll(produce, next, further);
        next = further;
        peer.signal('SIGKILL');
        // Any other end than this test's signal is an error that the consumer found.
        expect([await peer.ended, peer.errors]).toEqual([{ code: null, signal: 'SIGKILL' }, '']);
        descriptor = replace();
      }
    },
    60_000 + kills * 5_000,
  );
});

type RingOptions = Parameters<typeof RecordWriter.create>[1];

interface Producing {
  readonly queue: unknown;
  readonly produce: NumberedProducer;
  readonly gaps: boolean;
}

interface Consuming {
  readonly queue: unknown;
  readonly consume: NumberedConsumer;
  readonly gaps: boolean;
  readonly replace: () => unknown;
}

function elementProducer(options: RingOptions): Producing & { readonly replace: () => unknown } {
  const writer = ElementWriter.create(arena, 'uint32', options);
  return {
    queue: writer.peerDescriptor(),
    produce: (number: number) => writer.push(Uint32Array.of(number)) === 1,
    replace: () => writer.replacePeer(),
    gaps: options.overflow === 'drop-oldest',
  };
}

function elementConsumer(options: RingOptions): Consuming {
  const reader = ElementReader.create(arena, 'uint32', options);
  const one = new Uint32Array(1);
  return {
    queue: reader.peerDescriptor(),
    consume: () => (reader.pop(one) === 1 ? one[0] : undefined),
    replace: () => reader.replacePeer(),
    gaps: options.overflow === 'drop-oldest',
  };
}

function cellProducer(options: RingOptions): Producing & { readonly replace: () => unknown } {
  const writer = CellWriter.create(arena, options);
  const produce = (number: number): boolean => writer.push([number, ~number]);
  return { queue: writer.peerDescriptor(), produce, replace: () => writer.replacePeer(), gaps: false };
}

function cellConsumer(options: RingOptions): Consuming {
  const reader = CellReader.create(arena, options);
  const cell = new Uint32Array(2);
  return {
    queue: reader.peerDescriptor(),
    consume: () => (reader.pop(cell) ? numberOfCell(cell) : undefined),
    replace: () => reader.replacePeer(),
    gaps: false,
  };
}

function recordProducer(options: RingOptions): Producing & { readonly replace: () => unknown } {
  const writer = RecordWriter.create(arena, options);
  return {
    queue: writer.peerDescriptor(),
    produce: (number: number) => writer.write(numberedItem(number, writer.maximumPayloadBytes)).state === 'written',
    replace: () => writer.replacePeer(),
    gaps: options.overflow === 'drop-oldest',
  };
}

function recordConsumer(options: RingOptions): Consuming {
  const reader = RecordReader.create(arena, options);
  return {
    queue: reader.peerDescriptor(),
    consume: () => {
      const taken = reader.take();
      if (taken.state === 'corrupt') throw new Error(taken.fault.detail);
      return taken.state === 'record' ? numberOf(taken.payload) : undefined;
    },
    replace: () => reader.replacePeer(),
    gaps: options.overflow === 'drop-oldest',
  };
}

function boundedProducer(): Producing {
  const buffer = BoundedBuffer.create(arena, { label: 'test', slots: 10, itemBytes: 100 });
  const produce = (number: number): boolean => buffer.tryProduce(numberedItem(number, 100)) === 'produced';
  return { queue: buffer.descriptor(), produce, gaps: false };
}

function unboundedProducer(): Producing {
  const buffer = new UnboundedProducer(arena, { label: 'test', itemBytes: 100 });
  const produce = (number: number): boolean => {
    buffer.produce(numberedItem(number, 100));
    return true;
  };
  return { queue: buffer.descriptor(), produce, gaps: false };
}
