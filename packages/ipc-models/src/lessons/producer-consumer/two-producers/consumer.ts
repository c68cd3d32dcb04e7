import * as v from 'valibot';
import type { Program } from '../../../lab/index.ts';
import { wordsOf } from '../../shared-memory/common-memory.ts';
import { attachGuardedMemory, lockWords } from '../../shared-memory/critical-section.ts';
import { SharedBuffer } from '../shared-buffer.ts';
import type { twoProducers } from './lesson.ts';
import { bufferAt, DONE } from './plan.ts';

export const program: Program<typeof twoProducers> = async (actor) => {
  const { cure, n, items } = actor.parameters;
  const { segment } = await attachGuardedMemory(actor, cure === 'mutex' ? 'mutex' : 'none');
  const words = wordsOf(segment, lockWords, 16);
  const buffers = [new SharedBuffer(actor, segment, n, bufferAt(0, n))];
  if (cure === 'own-buffer') buffers.push(new SharedBuffer(actor, segment, n, bufferAt(1, n), 'buffer2'));
  for (;;) {
    const { round } = v.parse(v.object({ round: v.number() }), await actor.told('round'));
    if (round === 0) return {};
    const times = new Map<number, number>();
    const count = (item: number) => times.set(item, (times.get(item) ?? 0) + 1);
    const isOver = () => Atomics.load(words, DONE) === 2 * round && buffers.every((shared) => shared.in === shared.out);
    await actor.call(`2 × ${items} items`, () => consume(count, isOver), 'work');
    const received = [...times.values()].reduce((sum, each) => sum + each, 0);
    actor.tell('consumed', { received, distinct: times.size });
  }

  async function consume(count: (item: number) => void, isOver: () => boolean): Promise<void> {
    // ---
    while (!isOver()) {
      for (const shared of buffers) {
        await actor.step('wait');
        if (shared.in === shared.out) continue;
        await actor.step('load');
        const nextConsumed = shared.buffer[shared.out] ?? 0;
        await actor.step('advance');
        shared.out = (shared.out + 1) % n;
        await actor.step('consume');
        count(nextConsumed);
      }
      await actor.turn();
    }
    // ---
  }
};
