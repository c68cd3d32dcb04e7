import type { Director } from '../../../lab/index.ts';
import { wordsOf } from '../common-memory.ts';
import { giveGuardedMemory, lockWords } from '../critical-section.ts';
import type { criticalSectionDeath } from './lesson.ts';
import { balance, FROM, lockOf, TO, wordCount } from './plan.ts';

export const direct: Director<typeof criticalSectionDeath> = async (stage) => {
  const { lock, patienceMs } = stage.parameters;
  const [victim, survivor] = await Promise.all([stage.start('victim'), stage.start('survivor')]);
  const both = [victim, survivor];
  const { segment, semaphore } = await giveGuardedMemory(stage, lockOf(lock), wordCount, both);
  const accounts = wordsOf(segment, lockWords, wordCount).fill(balance);
  const rows: (string | number)[][] = [];
  const draw = (when: string) => {
    const [from = 0, to = 0] = [accounts[FROM], accounts[TO]];
    rows.push([when, from, to, from + to]);
    stage.figure('accounts', {
      kind: 'table',
      columns: ['column.when', 'column.from', 'column.to', 'column.sum'],
      rows,
    });
    return from + to;
  };
  draw('when.before');
  victim.run().catch(() => undefined); // it will be killed
  const surviving = survivor.run();
  surviving.catch(() => undefined); // awaited below
  await victim.told('inside');
  victim.kill();
  const { how } = await victim.ended;
  const sumAtDeath = draw('when.killed');
  stage.note('killed', { how });
  survivor.tell('try', true);
  const found = await surviving;
  const sum = draw('when.after');
  const facts = {
    lock,
    patienceMs,
    entered: found.entered === true,
    told: found.told === true,
    waitedMs: Number(found.waitedMs),
    sumAtDeath,
    repaired: Number(found.repaired),
    sum,
    // The semaphore's count. At 0 it is taken, although its holder is dead.
    value: semaphore?.value ?? -1,
  };
  const answer = facts.told ? 'told' : facts.entered ? 'free' : 'for-ever';
  const isAsSaid =
    lock === 'semaphore'
      ? answer === 'for-ever' && facts.value === 0 && facts.waitedMs >= patienceMs
      : answer === 'told' && sum === 2 * balance;
  return { answer, held: isAsSaid && sumAtDeath !== 2 * balance, facts };
};
