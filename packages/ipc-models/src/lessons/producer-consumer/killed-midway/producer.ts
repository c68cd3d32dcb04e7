import type { Program } from '../../../lab/index.ts';
import { SharedBuffer } from '../shared-buffer.ts';
import type { killedMidway } from './lesson.ts';
import { fatalSteps } from './plan.ts';

export const program: Program<typeof killedMidway> = async (actor) => {
  const { n, items } = actor.parameters;
  const shared = await SharedBuffer.attach(actor, n);
  const fatalStep = fatalSteps(actor, actor.parameters);
  const isFull = () => (shared.in + 1) % n === shared.out;
  // It continues from the memory alone: the item before `in` is the last published one.
  const last = shared.buffer[(shared.in - 1 + n) % n] ?? 0;
  if (last > 0) actor.note('goes-on', { item: last + 1 });
  let nextProduced = last + 1;
  const step = (label: string) => fatalStep(label, nextProduced);
  // ---
  while (nextProduced <= items) {
    await step('produce');
    await actor.sleep(2);
    await step('wait');
    await shared.waitWhile('while (((in + 1) % n) == out) ;', isFull, 'full');
    await step('store');
    shared.buffer[shared.in] = nextProduced;
    await step('advance');
    shared.in = (shared.in + 1) % n;
    nextProduced += 1;
  }
  // ---
  return {};
};
