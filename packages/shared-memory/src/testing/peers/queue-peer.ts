/** Produces or consumes numbered items of seeded random sizes, with any of the queues, as fast as it can. */

import { BoundedBuffer } from '../../rings/bounded-buffer.ts';
import { CellReader } from '../../rings/cell-reader.ts';
import { CellWriter } from '../../rings/cell-writer.ts';
import { ElementReader } from '../../rings/element-reader.ts';
import { ElementWriter } from '../../rings/element-writer.ts';
import { RecordReader } from '../../rings/record-reader.ts';
import { RecordWriter } from '../../rings/record-writer.ts';
import { UnboundedConsumer } from '../../rings/unbounded-buffer.ts';
import { Arena } from '../../segment/arena.ts';
import type {
  ArenaDescriptor,
  BoundedBufferDescriptor,
  RingDescriptor,
  UnboundedBufferDescriptor,
} from '../../segment/descriptors.ts';
import {
  type NumberedConsumer,
  type NumberedProducer,
  numberedItem,
  numberOf,
  numberOfCell,
} from '../numbered-items.ts';
import type { Message } from '../peer-process.ts';

type Descriptor = RingDescriptor | BoundedBufferDescriptor | UnboundedBufferDescriptor;

/** Puts one item in, or returns false. */
function producer(arena: Arena, descriptor: Descriptor): NumberedProducer {
  if (descriptor.kind === 'unbounded-buffer') throw new Error('only the owner produces into an unbounded buffer');
  if (descriptor.kind === 'bounded-buffer') {
    const buffer = BoundedBuffer.attach(arena, descriptor);
    return (number) => buffer.tryProduce(numberedItem(number, descriptor.itemBytes)) === 'produced';
  }
  if (descriptor.of === 'record') {
    const writer = RecordWriter.attach(arena, descriptor);
    return (number) => writer.write(numberedItem(number, writer.maximumPayloadBytes)).state === 'written';
  }
  if (descriptor.of === 'cell') {
    const writer = CellWriter.attach(arena, descriptor);
    return (number) => writer.push([number, ~number]);
  }
  const writer = ElementWriter.attach(arena, descriptor);
  return (number) => writer.push(Uint32Array.of(number)) === 1;
}

/** Takes one item out and returns its number, or undefined if there is none. */
function consumer(arena: Arena, descriptor: Descriptor): NumberedConsumer {
  if (descriptor.kind === 'unbounded-buffer') {
    const buffer = new UnboundedConsumer(arena, descriptor);
    return () => {
      const result = buffer.consume();
      if (result.state === 'corrupt') throw new Error(result.detail);
      return result.state === 'consumed' ? numberOf(result.item) : undefined;
    };
  }
  if (descriptor.kind === 'bounded-buffer') {
    const buffer = BoundedBuffer.attach(arena, descriptor);
    return () => {
      const result = buffer.tryConsume();
      if (result.state === 'corrupt') throw new Error('corrupt');
      return result.state === 'consumed' ? numberOf(result.item) : undefined;
    };
  }
  if (descriptor.of === 'record') {
    const reader = RecordReader.attach(arena, descriptor);
    return () => {
      const result = reader.take();
      if (result.state === 'corrupt') throw new Error(result.fault.detail);
      return result.state === 'record' ? numberOf(result.payload) : undefined;
    };
  }
  if (descriptor.of === 'cell') {
    const reader = CellReader.attach(arena, descriptor);
    const cell = new Uint32Array(2);
    return () => (reader.pop(cell) ? numberOfCell(cell) : undefined);
  }
  const reader = ElementReader.attach(arena, descriptor);
  const one = new Uint32Array(1);
  return () => (reader.pop(one) === 1 ? one[0] : undefined);
}

/**
 * Runs from number `from`, or from the first that comes, until `to` or without end. Consumed numbers must rise; with
 * `gaps` some may be missing.
 */
process.on('message', ({ arena: arenaDescriptor, queue, role, from, to, gaps }: Message) => {
  const arena = Arena.attach(arenaDescriptor as ArenaDescriptor);
  const end = (to as number | undefined) ?? Number.POSITIVE_INFINITY;
  let next = from as number | undefined;
  if (role === 'produce') {
    const produce = producer(arena, queue as Descriptor);
    process.send?.({ attached: true });
    next ??= 0;
    while (next < end) if (produce(next)) next += 1;
  } else {
    const consume = consumer(arena, queue as Descriptor);
    process.send?.({ attached: true });
    while (next === undefined || next < end) {
      const number = consume();
      if (number === undefined) continue;
      next ??= number;
      if (gaps ? number < next : number !== next) throw new Error(`item ${number} in place of ${next}`);
      next = number + 1;
    }
  }
  process.send?.({ done: next });
});
process.send?.({ ready: true });
