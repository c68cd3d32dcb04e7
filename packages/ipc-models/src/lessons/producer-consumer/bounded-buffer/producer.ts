import type { Program } from '../../../lab/index.ts';
import { SharedBuffer } from '../shared-buffer.ts';
import type { boundedBuffer } from './lesson.ts';

export const program: Program<typeof boundedBuffer> = async (actor) => {
  const { n, items, producerMs } = actor.parameters;
  const shared = await SharedBuffer.attach(actor, n);
  let most = 0;
  let full = 0;
  const isFull = () => (shared.in + 1) % n === shared.out;
  // ---
  for (let nextProduced = 1; nextProduced <= items; nextProduced++) {
    await actor.step('produce');
    await actor.sleep(producerMs);
    await actor.step('wait');
    if (await shared.waitWhile('while (((in + 1) % n) == out) ;', isFull, 'full')) full++;
    await actor.step('store');
    shared.buffer[shared.in] = nextProduced;
    await actor.step('advance');
    shared.in = (shared.in + 1) % n;
    most = Math.max(most, shared.held);
  }
  // ---
  return { most, full };
};
