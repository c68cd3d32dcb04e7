import * as v from 'valibot';
import type { Program } from '../../../lab/index.ts';
import { wordsOf } from '../common-memory.ts';
import { attachGuardedMemory, lockWords } from '../critical-section.ts';
import { spinUntil } from '../spin.ts';
import type { lostUpdate } from './lesson.ts';
import { lockOf, READY, wordCount } from './plan.ts';

/** Up to this many increments, each load and store is recorded. */
const recordedTimes = 50;

export const program: Program<typeof lostUpdate> = async (actor) => {
  const { times, protection } = actor.parameters;
  const { segment, section } = await attachGuardedMemory(actor, lockOf(protection));
  const memory = wordsOf(segment, lockWords, wordCount);
  const isRecorded = times <= recordedTimes;
  const load = (counter: Int32Array) => counter[0] ?? 0;
  const store = (counter: Int32Array, value: number) => {
    counter[0] = value;
  };
  const loadRecorded = (counter: Int32Array) => {
    const register = actor.call('register = counter', () => load(counter), 'work');
    actor.tell('register', register);
    return register;
  };
  const storeRecorded = (counter: Int32Array, value: number) =>
    actor.call(`counter = ${value}`, () => store(counter, value), 'work');

  // A few increments take less time than the start of the other process, so give others a turn between the lines.
  const step = async (label: string) => {
    await actor.step(label);
    if (isRecorded) await actor.turn();
  };

  const increment = async (counter: Int32Array<SharedArrayBuffer>, load: Load, store: Store) => {
    // ---
    for (let time = 0; time < times; time++) {
      if (protection === 'atomics') {
        await step('add');
        Atomics.add(counter, 0, 1);
        continue;
      }
      await step('enter');
      await section.enter();
      await step('load');
      const register = load(counter);
      await step('store');
      store(counter, register + 1);
      await step('leave');
      section.leave();
    }
    // ---
  };

  for (;;) {
    const { round } = v.parse(v.object({ round: v.number() }), await actor.told('round'));
    if (round === 0) return {};
    // Both start at the same moment; otherwise the first could finish before the second starts.
    Atomics.add(memory, READY, 1);
    await spinUntil(actor, () => Atomics.load(memory, READY) >= 2 * round);
    const work = () => increment(memory, isRecorded ? loadRecorded : load, isRecorded ? storeRecorded : store);
    const startUs = actor.nowUs();
    await actor.call(`counter++, ${times} times`, work, 'work');
    actor.tell('done', { startUs, endUs: actor.nowUs() });
  }
};

type Load = (counter: Int32Array) => number;
type Store = (counter: Int32Array, value: number) => void;
