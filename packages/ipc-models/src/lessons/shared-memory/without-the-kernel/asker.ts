import { allowWatching, threadCounts } from '@bulkhead/shared-memory/observing';
import * as v from 'valibot';
import type { Program } from '../../../lab/index.ts';
import { attachMemory, wordsOf } from '../common-memory.ts';
import { spinUntil } from '../spin.ts';
import type { withoutTheKernel } from './lesson.ts';
import { MessageLink } from './message-link.ts';
import {
  ANSWER,
  ASK,
  budgetMs,
  PHASE,
  phases,
  STOP,
  type Step,
  shownTimes,
  stretchMs,
  unmarked,
  wordCount,
} from './plan.ts';

export const program: Program<typeof withoutTheKernel> = async (actor) => {
  const { rounds } = actor.parameters;
  const memory = wordsOf(await attachMemory(actor), 0, wordCount);
  const socket = await MessageLink.connect(v.parse(v.string(), await actor.told('socket')));
  const observer = v.parse(v.number(), await actor.told('observer'));
  const isAnswered = () => Atomics.load(memory, ANSWER) === asked;
  let asked = 0;
  let deadline = Number.POSITIVE_INFINITY;
  const isLate = () => performance.now() > deadline;

  // ---
  const throughMemory = async (times: number, step: Step) => {
    let time = 0;
    for (; time < times && !isLate(); time++) {
      await step('store');
      Atomics.store(memory, ASK, ++asked);
      await step('spin');
      await spinUntil(actor, isAnswered, stretchMs);
    }
    return time;
  };
  const throughSocket = async (times: number, step: Step) => {
    let time = 0;
    for (; time < times && !isLate(); time++) {
      await step('send');
      socket.send(time);
      await step('receive');
      await socket.receive();
    }
    return time;
  };
  // ---

  const ways = { memory: throughMemory, socket: throughSocket };
  const stop = {
    memory: async () => {
      Atomics.store(memory, ASK, STOP);
      await spinUntil(actor, () => Atomics.load(memory, ANSWER) === STOP);
    },
    socket: async () => {
      socket.send(STOP);
      await socket.receive();
    },
  };
  for (const way of ['memory', 'socket'] as const) {
    await ways[way](shownTimes, actor.step.bind(actor));
    await stop[way]();
  }

  const measure = async (way: 'memory' | 'socket') => {
    const before = threadCounts();
    const startUs = actor.nowUs();
    deadline = performance.now() + budgetMs;
    const exchange = async () => {
      Atomics.store(memory, PHASE, phases[way]);
      const times = await ways[way](rounds, unmarked);
      Atomics.store(memory, PHASE, phases.none);
      return times;
    };
    const times = await actor.call(`${way}: to and fro`, exchange, 'work');
    const tookUs = actor.nowUs() - startUs;
    const after = threadCounts();
    await stop[way]();
    return {
      times,
      us: tookUs / times,
      readsAndWrites: after.readCalls + after.writeCalls - before.readCalls - before.writeCalls,
      waits: after.voluntarySwitches - before.voluntarySwitches,
    };
  };
  const timed = { memory: await measure('memory'), socket: await measure('socket') };
  // Measure again while the observer watches, which is slower.
  allowWatching(observer);
  actor.tell('watch', true);
  await actor.told('watching');
  const watched = { memory: await measure('memory'), socket: await measure('socket') };
  Atomics.store(memory, PHASE, phases.over);
  actor.tell('over', true);
  actor.tell('measured', { timed, watched });
  return {};
};
