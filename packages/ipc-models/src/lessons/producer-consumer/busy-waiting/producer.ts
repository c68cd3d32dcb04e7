import { NamedSemaphore } from '@bulkhead/shared-memory';
import * as v from 'valibot';
import type { Program } from '../../../lab/index.ts';
import { attachMemory, wordsOf } from '../../shared-memory/common-memory.ts';
import type { busyWaiting } from './lesson.ts';
import { PRODUCED, waysOf, wordCount } from './plan.ts';

export const program: Program<typeof busyWaiting> = async (actor) => {
  const { waiting, items, everyMs } = actor.parameters;
  const memory = wordsOf(await attachMemory(actor), 0, wordCount);
  const semaphore = NamedSemaphore.open(v.parse(v.string(), await actor.told('semaphore')));
  actor.tell('attached', true);
  for (const way of waysOf(waiting)) {
    await actor.told('begin');
    // ---
    for (let item = 1; item <= items; item++) {
      await actor.step('produce');
      await actor.sleep(everyMs);
      await actor.step('publish');
      Atomics.add(memory, PRODUCED, 1);
      if (way === 'semaphore') semaphore.post();
    }
    // ---
  }
  return {};
};
