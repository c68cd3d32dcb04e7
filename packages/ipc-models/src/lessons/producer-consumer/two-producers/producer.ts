import * as v from 'valibot';
import type { Program } from '../../../lab/index.ts';
import { wordsOf } from '../../shared-memory/common-memory.ts';
import { attachGuardedMemory, lockWords } from '../../shared-memory/critical-section.ts';
import { spinUntil } from '../../shared-memory/spin.ts';
import { SharedBuffer } from '../shared-buffer.ts';
import type { twoProducers } from './lesson.ts';
import { BEGUN, bufferAt, DONE, perProducer } from './plan.ts';

const fewItems = 50;

export const program: Program<typeof twoProducers> = async (actor) => {
  const { cure, n, items } = actor.parameters;
  const { segment, section } = await attachGuardedMemory(actor, cure === 'mutex' ? 'mutex' : 'none');
  const words = wordsOf(segment, lockWords, 16);
  const number = v.parse(v.number(), await actor.told('number'));
  const first = number * perProducer;
  const own = cure === 'own-buffer' ? number - 1 : 0;
  const shared = new SharedBuffer(actor, segment, n, bufferAt(own, n), own === 0 ? 'buffer' : 'buffer2');
  const isFull = () => (shared.in + 1) % n === shared.out;
  const enter = async () => {
    // A process that waited for room inside the section would keep the other out.
    for (;;) {
      await section.enter();
      if (!isFull()) return;
      section.leave();
      await actor.turn();
    }
  };
  // A few items take less time than the start of the other process, so give others a turn between the lines.
  const step = async (label: string) => {
    await actor.step(label);
    if (items <= fewItems) await actor.turn();
  };
  for (;;) {
    const { round } = v.parse(v.object({ round: v.number() }), await actor.told('round'));
    if (round === 0) return {};
    // Both start at the same moment.
    Atomics.add(words, BEGUN, 1);
    await spinUntil(actor, () => Atomics.load(words, BEGUN) >= 2 * round);
    await actor.call(`${items} items`, produce, 'work');
    Atomics.add(words, DONE, 1);
  }

  async function produce(): Promise<void> {
    // ---
    for (let item = 1; item <= items; item++) {
      await step('wait');
      await enter(); // while (((in + 1) % n) == out) ;
      await step('store');
      shared.buffer[shared.in] = first + item;
      await step('advance');
      shared.in = (shared.in + 1) % n;
      section.leave();
    }
    // ---
  }
};
