import type { Program } from '../../../lab/index.ts';
import { wordsOf } from '../common-memory.ts';
import { attachGuardedMemory, lockWords } from '../critical-section.ts';
import type { criticalSectionDeath } from './lesson.ts';
import { amount, callsOf, FROM, lockOf, TO, wordCount } from './plan.ts';

export const program: Program<typeof criticalSectionDeath> = async (actor) => {
  const { lock } = actor.parameters;
  const { segment, section } = await attachGuardedMemory(actor, lockOf(lock));
  const accounts = wordsOf(segment, lockWords, wordCount);
  const calls = callsOf(lock);
  const enter = () => actor.call(calls.enter, () => section.enter(), 'wait');
  const leave = () => actor.call(calls.leave, () => section.leave());
  const change = (account: number, by: number) => {
    accounts[account] = (accounts[account] ?? 0) + by;
  };
  const takeAway = () => actor.call(`from -= ${amount}`, () => change(FROM, -amount), 'work');
  const add = () => actor.call(`to += ${amount}`, () => change(TO, amount), 'work');
  const death = async () => {
    await actor.flush();
    actor.tell('inside', true);
    await actor.told('never');
  };
  // ---
  await actor.step('enter');
  await enter();
  await actor.step('take');
  takeAway();
  await actor.step('die');
  await death(); // it is killed here, and holds the lock
  await actor.step('add');
  add();
  await actor.step('leave');
  leave();
  // ---
  return {};
};
