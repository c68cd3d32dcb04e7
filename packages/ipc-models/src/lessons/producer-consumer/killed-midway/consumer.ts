import type { Program } from '../../../lab/index.ts';
import { attachMemory, wordsOf } from '../../shared-memory/common-memory.ts';
import { SharedBuffer } from '../shared-buffer.ts';
import type { killedMidway } from './lesson.ts';
import { fatalSteps, ledgerAt } from './plan.ts';

export const program: Program<typeof killedMidway> = async (actor) => {
  const { n, items } = actor.parameters;
  const segment = await attachMemory(actor);
  const shared = new SharedBuffer(actor, segment, n);
  const ledger = wordsOf(segment, ledgerAt(n), items + 1);
  const fatalStep = fatalSteps(actor, actor.parameters);
  const consume = (item: number) => Atomics.add(ledger, item, 1);
  const isDone = () => Atomics.load(ledger, items) > 0;
  // The number only finds the fatal item: the replacement of a killed consumer knows only `out`.
  let item = 1;
  const step = (label: string) => fatalStep(label, item);
  // ---
  while (!isDone()) {
    await step('wait');
    await shared.waitWhile('while (in == out) ;', () => shared.in === shared.out, 'empty');
    await step('load');
    const nextConsumed = shared.buffer[shared.out] ?? 0;
    await step('advance');
    shared.out = (shared.out + 1) % n;
    await step('consume');
    consume(nextConsumed);
    item += 1;
  }
  // ---
  return {};
};
