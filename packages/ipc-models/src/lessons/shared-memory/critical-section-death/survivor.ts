import type { Program } from '../../../lab/index.ts';
import { wordsOf } from '../common-memory.ts';
import { attachGuardedMemory, lockWords } from '../critical-section.ts';
import type { criticalSectionDeath } from './lesson.ts';
import { amount, balance, callsOf, FROM, lockOf, TO, wordCount } from './plan.ts';

export const program: Program<typeof criticalSectionDeath> = async (actor) => {
  const { lock, patienceMs } = actor.parameters;
  const { segment, section } = await attachGuardedMemory(actor, lockOf(lock));
  const accounts = wordsOf(segment, lockWords, wordCount);
  const calls = callsOf(lock);
  type Entered = Awaited<ReturnType<typeof section.enter>>;
  const enter = async (): Promise<Entered> => {
    let entered: Entered;
    const wait = async () => {
      entered = await section.enter(patienceMs);
      return entered ? (entered.recovered ? 'EOWNERDEAD' : 0) : 'gave up waiting';
    };
    await actor.call(calls.enter, wait, 'wait');
    return entered;
  };
  const leave = () => actor.call(calls.leave, () => section.leave());
  const sum = () => (accounts[FROM] ?? 0) + (accounts[TO] ?? 0);
  const look = () => actor.call('from + to', sum, 'work');
  const addMissing = () => {
    const missing = 2 * balance - sum();
    accounts[TO] = (accounts[TO] ?? 0) + missing;
    return missing;
  };
  const repair = () => actor.call(`to += ${amount}`, addMissing, 'work');
  const found = { entered: false, told: false, sumFound: 0, repaired: 0 };
  await actor.told('try');
  const startUs = actor.nowUs();
  // ---
  await actor.step('enter');
  const entered = await enter();
  if (entered) {
    found.entered = true;
    await actor.step('look');
    found.sumFound = look();
    if (entered.recovered) {
      found.told = true; // EOWNERDEAD: the last owner died inside
      await actor.step('repair');
      found.repaired = repair();
    }
    await actor.step('leave');
    leave();
  }
  // ---
  return { ...found, waitedMs: Math.round((actor.nowUs() - startUs) / 1000) };
};
