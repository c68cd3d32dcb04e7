import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Arena } from '../segment/arena.ts';
import { buffers } from '../segment/buffer-registry.ts';
import { BoundedBuffer } from './bounded-buffer.ts';
import { UnboundedConsumer, UnboundedProducer } from './unbounded-buffer.ts';

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

const noise = fc.oneof(fc.constantFrom(0, 1, 4, 5, 2 ** 31, 2 ** 32 - 1), fc.integer({ min: 0, max: 2 ** 32 - 1 }));

describe('a bounded buffer', () => {
  const options = { label: 'test', slots: 5, itemBytes: 8 };

  it('is empty when in == out, and full when (in + 1) % n == out, with one slot unused', () => {
    using producer = BoundedBuffer.create(arena, options);
    const consumer = BoundedBuffer.attach(peer, producer.descriptor());
    expect(consumer.tryConsume()).toEqual({ state: 'empty' });
    for (const item of [1, 2, 3, 4]) expect(producer.tryProduce(Uint8Array.of(item))).toBe('produced');
    expect(producer.tryProduce(Uint8Array.of(5))).toBe('full');
    expect([producer.in, producer.out]).toEqual([4, 0]);
    expect(consumer.tryConsume()).toEqual({ state: 'consumed', item: Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0) });
    expect(producer.tryProduce(Uint8Array.of(5))).toBe('produced');
    expect([producer.in, producer.out]).toEqual([0, 1]);
  });

  it('lets a producer and a consumer wait for each other', async () => {
    using producer = BoundedBuffer.create(arena, options);
    const consumer = BoundedBuffer.attach(peer, producer.descriptor());
    const producing = (async () => {
      for (let item = 0; item < 100; item += 1) expect(await producer.produce(Uint8Array.of(item))).toBe('produced');
    })();
    for (let item = 0; item < 100; item += 1) {
      expect(await consumer.consume()).toMatchObject({ state: 'consumed', item: { 0: item } });
    }
    await producing;
    await expect(consumer.consume({ signal: AbortSignal.abort() })).rejects.toThrow('aborted');
  });

  it('reports an invalid index, and changes nothing then', () => {
    const property = fc.property(noise, noise, (at, out) => {
      using buffer = BoundedBuffer.create(arena, options);
      const words = peer.region(buffer.descriptor().region).words();
      words[0] = at;
      words[16] = out;
      const valid = at < 5 && out < 5;
      expect(buffer.tryConsume().state).toBe(valid ? (at === out ? 'empty' : 'consumed') : 'corrupt');
      expect(buffer.tryProduce(new Uint8Array(8)) === 'corrupt').toBe(!valid);
      expect(buffers().some(({ fault }) => fault?.reason === 'indices')).toBe(!valid);
    });
    fc.assert(property, { seed: 9, numRuns: 200 });
  });

  it('refuses invalid items and sizes', () => {
    using buffer = BoundedBuffer.create(arena, options);
    expect(() => buffer.tryProduce(new Uint8Array(9))).toThrow('an item of 9 bytes in a slot of 8');
    expect(() => BoundedBuffer.create(arena, { ...options, slots: 1 })).toThrow('the count of slots');
  });
});

describe('an unbounded buffer', () => {
  const options = { label: 'test', itemBytes: 4, blockItems: 3 };

  it('delivers all items in order, and frees consumed blocks', () => {
    const free = arena.bytesFree('read-write');
    const producer = new UnboundedProducer(arena, options);
    const consumer = new UnboundedConsumer(peer, producer.descriptor());
    expect(consumer.consume()).toEqual({ state: 'empty' });
    for (let item = 0; item < 100; item += 1) producer.produce(Uint8Array.of(item));
    expect(producer.blocks).toBe(34);
    for (let item = 0; item < 100; item += 1) expect(consumer.consume()).toMatchObject({ item: { 0: item } });
    expect(consumer.consume()).toEqual({ state: 'empty' });
    producer.produce(Uint8Array.of(100));
    expect(producer.blocks).toBe(1);
    producer.close();
    expect(arena.bytesFree('read-write')).toBe(free);
  });

  it('is listed on both sides while it is used, with its words', () => {
    const listed = () => buffers().filter(({ label }) => label === 'listed');
    const producer = new UnboundedProducer(arena, { ...options, label: 'listed' });
    const consumer = new UnboundedConsumer(peer, producer.descriptor());
    for (let item = 0; item < 4; item += 1) producer.produce(Uint8Array.of(item));
    for (let item = 0; item < 4; item += 1) consumer.consume();
    const both = { kind: 'unbounded-buffer', sequence: { published: 1, taken: 1 }, words: [1, 1, 0, 0] };
    expect(listed()).toMatchObject([
      { ...both, role: 'writer', slots: 6 },
      { ...both, role: 'reader', slots: 3 },
    ]);
    consumer.close();
    producer.close();
    expect(listed()).toEqual([]);
  });

  it('leaves nothing allocated if it does not fit', () => {
    const free = arena.bytesFree('read-write');
    expect(() => new UnboundedProducer(arena, { ...options, blockItems: 1e6 })).toThrow('no free stretch');
    expect(arena.bytesFree('read-write')).toBe(free);
  });

  it('grows with its arena', async () => {
    using small = await Arena.create({ label: 'small' });
    using other = Arena.attach(small.descriptor());
    const producer = new UnboundedProducer(small, { label: 'test', itemBytes: 1000, blockItems: 10 });
    const consumer = new UnboundedConsumer(other, producer.descriptor());
    const item = new Uint8Array(1000).fill(6);
    let produced = 0;
    const produceUntilFull = (): void => {
      for (; produced < 1000; produced += 1) producer.produce(item);
    };
    expect(produceUntilFull).toThrow('call grow()');
    expect(produced).toBe(60);
    other.add(await small.grow('read-write', 200_000));
    expect(produceUntilFull).toThrow('call grow()');
    for (let consumed = 0; consumed < produced; consumed += 1) expect(consumer.consume()).toMatchObject({ item });
    expect(produced).toBeGreaterThan(128);
  });

  it('reports an invalid count or link, and does not follow it', () => {
    let corrupt = 0;
    const property = fc.property(noise, noise, noise, (count, segment, offset) => {
      using producer = new UnboundedProducer(arena, options);
      const descriptor = producer.descriptor();
      const consumer = new UnboundedConsumer(peer, descriptor);
      const words = arena.region(descriptor.block).words();
      words[0] = count;
      words[1] = segment;
      words[2] = offset;
      for (let item = 0; item < 8; item += 1) if (consumer.consume().state === 'corrupt') corrupt += 1;
      arena.region(descriptor.head).words()[0] = count; // and the consumer's count of finished blocks
      for (let item = 0; item < 8; item += 1) producer.produce(Uint8Array.of(item));
      expect(producer.blocks).toBeGreaterThan(0);
    });
    fc.assert(property, { seed: 9, numRuns: 200 });
    expect(corrupt).toBeGreaterThan(50);
  });
});
