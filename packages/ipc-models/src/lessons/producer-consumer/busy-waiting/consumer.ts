import { NamedSemaphore } from '@bulkhead/shared-memory';
import * as v from 'valibot';
import type { Program } from '../../../lab/index.ts';
import { attachMemory, wordsOf } from '../../shared-memory/common-memory.ts';
import { spinUntil } from '../../shared-memory/spin.ts';
import { Costs } from './costs.ts';
import type { busyWaiting } from './lesson.ts';
import { PRODUCED, type Way, waysOf, wordCount } from './plan.ts';

export const program: Program<typeof busyWaiting> = async (actor) => {
  const { waiting, items } = actor.parameters;
  const memory = wordsOf(await attachMemory(actor), 0, wordCount);
  const semaphore = NamedSemaphore.open(v.parse(v.string(), await actor.told('semaphore')));
  actor.tell('attached', true);
  let consumed = 0;
  /** sem_wait(s) */
  const sleep = async () => {
    while (!(await semaphore.wait(1000)));
  };
  const consume = async (way: Way, costs: Costs) => {
    // ---
    for (let item = 1; item <= items; item++) {
      if (way === 'busy') {
        await actor.step('spin');
        await costs.of(() => spinUntil(actor, () => Atomics.load(memory, PRODUCED) > consumed));
      } else {
        await actor.step('sleep');
        await costs.of(sleep);
      }
      await actor.step('consume');
      consumed += 1;
    }
    // ---
  };
  for (const way of waysOf(waiting)) {
    actor.tell('ready', way);
    const costs = new Costs();
    const text = way === 'busy' ? 'while (produced == consumed) ;' : 'sem_wait(s)';
    await actor.call(text, () => consume(way, costs), 'wait');
    actor.tell('costs', costs.sum);
  }
  return { consumed };
};
