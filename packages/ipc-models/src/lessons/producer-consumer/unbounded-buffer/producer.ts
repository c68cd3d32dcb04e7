import type { Program } from '../../../lab/index.ts';
import { GrowingMemory } from './growing-memory.ts';
import type { unboundedBuffer } from './lesson.ts';

export const program: Program<typeof unboundedBuffer> = async (actor) => {
  const { items, itemKiB, producerMs, limitMiB } = actor.parameters;
  const buffer = await GrowingMemory.create(actor, itemKiB * 1024, limitMiB << 20);
  const nextProduced = new Uint8Array(itemKiB * 1024);
  const produce = async (number: number) => {
    new DataView(nextProduced.buffer).setInt32(0, number);
    if (producerMs > 0) await actor.sleep(producerMs);
    else if (number % 8 === 0) await actor.turn();
  };
  await actor.told('attached');
  const startUs = actor.nowUs();
  // ---
  for (let number = 1; number <= items; number++) {
    await actor.step('produce');
    await produce(number);
    await actor.step('put');
    await buffer.put(nextProduced); // there is nothing to wait for: there is always room
  }
  // ---
  const tookMs = Math.round((actor.nowUs() - startUs) / 1000);
  actor.tell('done', true);
  await actor.told('consumed');
  buffer.stopDrawing();
  return { ...buffer.found, tookMs };
};
