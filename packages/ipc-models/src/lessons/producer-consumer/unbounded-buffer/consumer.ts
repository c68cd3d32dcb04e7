import { Arena, UnboundedConsumer } from '@bulkhead/shared-memory';
import { arenaDescriptor, unboundedBufferDescriptor } from '@bulkhead/shared-memory/descriptors';
import * as v from 'valibot';
import type { Program } from '../../../lab/index.ts';
import type { unboundedBuffer } from './lesson.ts';

export const program: Program<typeof unboundedBuffer> = async (actor) => {
  const { items, consumerMs } = actor.parameters;
  const arena = Arena.attach(v.parse(arenaDescriptor, await actor.told('arena')));
  const buffer = new UnboundedConsumer(arena, v.parse(unboundedBufferDescriptor, await actor.told('buffer')));
  const addMore = async () => {
    for (;;) {
      arena.add(v.parse(arenaDescriptor, await actor.told('arena')));
      actor.tell('added', true);
    }
  };
  void addMore();
  const take = async () => {
    for (;;) {
      const taken = buffer.consume();
      if (taken.state === 'consumed') return taken.item;
      if (taken.state === 'corrupt') throw new Error(`the buffer is corrupt: ${taken.detail}`);
      await actor.turn();
    }
  };
  let inOrder = true;
  actor.tell('attached', true);
  // ---
  for (let expected = 1; expected <= items; expected++) {
    await actor.step('take');
    const nextConsumed = await take(); // waits while it is empty
    await actor.step('consume');
    await actor.sleep(consumerMs);
    inOrder &&= new DataView(nextConsumed.buffer).getInt32(0) === expected;
  }
  // ---
  actor.tell('consumed', true);
  return { inOrder };
};
