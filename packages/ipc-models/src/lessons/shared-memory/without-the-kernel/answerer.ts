import * as v from 'valibot';
import type { Program } from '../../../lab/index.ts';
import { attachMemory, wordsOf } from '../common-memory.ts';
import { spinUntil } from '../spin.ts';
import type { withoutTheKernel } from './lesson.ts';
import { MessageLink } from './message-link.ts';
import { ANSWER, ASK, STOP, type Step, stretchMs, unmarked, wordCount } from './plan.ts';

export const program: Program<typeof withoutTheKernel> = async (actor) => {
  const memory = wordsOf(await attachMemory(actor), 0, wordCount);
  const path = v.parse(v.string(), await actor.told('path'));
  const socket = await MessageLink.accept(path, () => actor.tell('socket', path));
  let answered = 0;
  const isAsked = () => Atomics.load(memory, ASK) !== answered;
  // ---
  const throughMemory = async (step: Step) => {
    do {
      await step('spin');
      await spinUntil(actor, isAsked, stretchMs);
      answered = Atomics.load(memory, ASK);
      await step('store');
      Atomics.store(memory, ANSWER, answered);
    } while (answered !== STOP);
  };
  const throughSocket = async (step: Step) => {
    let number: number;
    do {
      await step('receive');
      number = await socket.receive();
      await step('send');
      socket.send(number);
    } while (number !== STOP);
  };
  // ---
  await throughMemory(actor.step.bind(actor));
  await throughSocket(actor.step.bind(actor));
  for (let time = 0; time < 2; time++) {
    await throughMemory(unmarked);
    await throughSocket(unmarked);
  }
  return {};
};
