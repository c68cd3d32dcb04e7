import { allowWatching, threadCounts } from '@bulkhead/shared-memory/observing';
import * as v from 'valibot';
import type { Program } from '../../../lab/index.ts';
import { attachMemory, wordsOf } from '../common-memory.ts';
import { spinUntil } from '../spin.ts';
import type { withoutTheKernel } from './lesson.ts';
import { MessageLink } from './message-link.ts';
import { ANSWER, ASK, type Exchange, PHASE, phases, shownTimes, unmarked, wordCount } from './plan.ts';

export const program: Program<typeof withoutTheKernel> = async (actor) => {
  const { rounds } = actor.parameters;
  const memory = wordsOf(await attachMemory(actor), 0, wordCount);
  const socket = await MessageLink.connect(v.parse(v.string(), await actor.told('socket')));
  const observer = v.parse(v.number(), await actor.told('observer'));
  let number = 0;
  // ---
  const throughMemory: Exchange = async (times, step) => {
    for (let time = 0; time < times; time++) {
      await step('store');
      Atomics.store(memory, ASK, ++number);
      await step('spin');
      await spinUntil(actor, () => Atomics.load(memory, ANSWER) === number);
    }
  };
  const throughSocket: Exchange = async (times, step) => {
    for (let time = 0; time < times; time++) {
      await step('send');
      socket.send(++number);
      await step('receive');
      await socket.receive();
    }
  };
  // ---

  await throughMemory(shownTimes, actor.step.bind(actor));
  await throughSocket(shownTimes, actor.step.bind(actor));

  const measure = async (phase: 'memory' | 'socket', exchange: Exchange) => {
    const before = threadCounts();
    const startUs = actor.nowUs();
    await actor.call(
      `${rounds} times, ${phase}`,
      async () => {
        Atomics.store(memory, PHASE, phases[phase]);
        await exchange(rounds, unmarked);
        Atomics.store(memory, PHASE, phases.none);
      },
      'work',
    );
    const tookUs = actor.nowUs() - startUs;
    const after = threadCounts();
    return {
      us: tookUs / rounds,
      readsAndWrites: after.readCalls + after.writeCalls - before.readCalls - before.writeCalls,
      waits: after.voluntarySwitches - before.voluntarySwitches,
    };
  };
  const timed = { memory: await measure('memory', throughMemory), socket: await measure('socket', throughSocket) };
  // Once more with somebody looking on, which makes it slower.
  allowWatching(observer);
  actor.tell('watch', true);
  await actor.told('watching');
  await measure('memory', throughMemory);
  await measure('socket', throughSocket);
  Atomics.store(memory, PHASE, phases.over);
  actor.tell('over', true);
  return {
    memoryUs: timed.memory.us,
    memoryReadsAndWrites: timed.memory.readsAndWrites,
    memoryWaits: timed.memory.waits,
    socketUs: timed.socket.us,
    socketReadsAndWrites: timed.socket.readsAndWrites,
    socketWaits: timed.socket.waits,
  };
};
