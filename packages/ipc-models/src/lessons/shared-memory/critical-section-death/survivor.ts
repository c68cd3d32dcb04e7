import type { Program } from '../../../lab/index.ts';
import { wordsOf } from '../common-memory.ts';
import { attachGuardedMemory, lockWords } from '../critical-section.ts';
import type { criticalSectionDeath } from './lesson.ts';
import { amount, balance, FROM, lockOf, TO, wordCount } from './plan.ts';

export const program: Program<typeof criticalSectionDeath> = async (actor) => {
  const { lock, patienceMs } = actor.parameters;
  const { segment, section } = await attachGuardedMemory(actor, lockOf(lock));
  const accounts = wordsOf(segment, lockWords, wordCount);
  const sum = () => (accounts[FROM] ?? 0) + (accounts[TO] ?? 0);
  const repair = () => {
    const missing = 2 * balance - sum();
    accounts[TO] = (accounts[TO] ?? 0) + missing;
    return missing;
  };
  const found = { entered: false, told: false, sumFound: 0, repaired: 0 };
  await actor.told('try');
  const startUs = actor.nowUs();
  // ---
  await actor.step('enter');
  const entered = await actor.call('enter()', () => section.enter(patienceMs), 'wait');
  if (entered) {
    found.entered = true;
    await actor.step('look');
    found.sumFound = actor.call('from + to', sum, 'work');
    if (entered.recovered) {
      found.told = true; // EOWNERDEAD: the last owner died inside
      await actor.step('repair');
      found.repaired = actor.call(`to += ${amount}`, repair, 'work');
    }
    await actor.step('leave');
    actor.call('leave()', () => section.leave());
  }
  // ---
  return { ...found, waitedMs: Math.round((actor.nowUs() - startUs) / 1000) };
};
