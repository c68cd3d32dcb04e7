import type { Program } from '../../../lab/index.ts';
import { SharedBuffer } from '../shared-buffer.ts';
import type { boundedBuffer } from './lesson.ts';

export const program: Program<typeof boundedBuffer> = async (actor) => {
  const { n, items, consumerMs } = actor.parameters;
  const shared = await SharedBuffer.attach(actor, n);
  let inOrder = true;
  let empty = 0;
  // ---
  for (let expected = 1; expected <= items; expected++) {
    await actor.step('wait');
    if (await shared.waitWhile('while (in == out) ;', () => shared.in === shared.out, 'empty')) empty++;
    await actor.step('load');
    const nextConsumed = shared.buffer[shared.out];
    await actor.step('advance');
    shared.out = (shared.out + 1) % n;
    await actor.step('consume');
    await actor.sleep(consumerMs);
    inOrder &&= nextConsumed === expected;
  }
  // ---
  return { inOrder, empty };
};
