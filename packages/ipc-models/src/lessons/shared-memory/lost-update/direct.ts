import type { Director } from '../../../lab/index.ts';
import { wordsOf } from '../common-memory.ts';
import { giveGuardedMemory, lockWords } from '../critical-section.ts';
import type { lostUpdate } from './lesson.ts';
import { COUNTER, lockOf, wordCount } from './plan.ts';

/** Without protection nothing need go wrong: so often it is tried until it does. */
const mostRounds = 20;

export const direct: Director<typeof lostUpdate> = async (stage) => {
  const { times, protection } = stage.parameters;
  const workers = await Promise.all([stage.start('worker', 'worker 1'), stage.start('worker', 'worker 2')]);
  const { segment } = await giveGuardedMemory(stage, lockOf(protection), wordCount, workers);
  const memory = wordsOf(segment, lockWords, wordCount);
  const runs = Promise.all(workers.map((worker) => worker.run()));
  runs.catch(() => undefined); // heard below, and before it where a process ends early
  const rows: (string | number)[][] = [];
  const draw = () =>
    stage.figure('rounds', {
      kind: 'table',
      columns: ['column.round', 'column.expected', 'column.counter', 'column.lost'],
      rows,
    });
  const expected = 2 * times;
  let lost = 0;
  let round = 0;
  while (lost === 0 && round < (protection === 'none' ? mostRounds : 1)) {
    round += 1;
    Atomics.store(memory, COUNTER, 0);
    for (const worker of workers) worker.tell('round', { round });
    await Promise.all(workers.map((worker) => worker.told('done')));
    const counter = Atomics.load(memory, COUNTER);
    lost = expected - counter;
    rows.push([round, expected, counter, lost]);
    draw();
  }
  for (const worker of workers) worker.tell('round', { round: 0 });
  await runs;
  const facts = { times, protection, expected, counter: expected - lost, lost, rounds: round };
  const answer = lost === 0 ? 'all' : lost > 0 ? 'fewer' : 'more';
  return { answer, held: protection === 'none' ? lost > 0 : lost === 0, facts };
};
