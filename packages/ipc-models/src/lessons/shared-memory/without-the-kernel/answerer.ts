import * as v from 'valibot';
import type { Program } from '../../../lab/index.ts';
import { attachMemory, wordsOf } from '../common-memory.ts';
import { spinUntil } from '../spin.ts';
import type { withoutTheKernel } from './lesson.ts';
import { MessageLink } from './message-link.ts';
import { ANSWER, ASK, type Exchange, shownTimes, unmarked, wordCount } from './plan.ts';

export const program: Program<typeof withoutTheKernel> = async (actor) => {
  const { rounds } = actor.parameters;
  const memory = wordsOf(await attachMemory(actor), 0, wordCount);
  const path = v.parse(v.string(), await actor.told('path'));
  const socket = await MessageLink.accept(path, () => actor.tell('socket', path));
  let number = 0;
  // ---
  const throughMemory: Exchange = async (times, step) => {
    for (let time = 0; time < times; time++) {
      await step('spin');
      await spinUntil(actor, () => Atomics.load(memory, ASK) === number + 1);
      await step('store');
      Atomics.store(memory, ANSWER, ++number);
    }
  };
  const throughSocket: Exchange = async (times, step) => {
    for (let time = 0; time < times; time++) {
      await step('receive');
      number = await socket.receive();
      await step('send');
      socket.send(number);
    }
  };
  // ---
  await throughMemory(shownTimes, actor.step.bind(actor));
  await throughSocket(shownTimes, actor.step.bind(actor));
  for (let time = 0; time < 2; time++) {
    await throughMemory(rounds, unmarked);
    await throughSocket(rounds, unmarked);
  }
  return {};
};
