import * as v from 'valibot';
import type { Director } from '../../../lab/index.ts';
import { giveGuardedMemory } from '../../shared-memory/critical-section.ts';
import { BufferMemory } from '../shared-buffer.ts';
import type { twoProducers } from './lesson.ts';
import { bufferAt, wordCount } from './plan.ts';

/** Most rounds without a fix: a round may go well by chance, so it is repeated until an error happens. */
const mostRounds = 20;

const consumption = v.strictObject({ received: v.number(), distinct: v.number() });

export const direct: Director<typeof twoProducers> = async (stage) => {
  const { cure, n, items } = stage.parameters;
  const start = (role: string, name: string) => stage.start(role, name);
  const casts = await Promise.all([
    start('producer', 'producer 1'),
    start('producer', 'producer 2'),
    start('consumer', 'consumer'),
  ]);
  const [one, two, consumer] = casts;
  const { segment } = await giveGuardedMemory(stage, cure === 'mutex' ? 'mutex' : 'none', wordCount(n), casts);
  one.tell('number', 1);
  two.tell('number', 2);
  const runs = Promise.all(casts.map((cast) => cast.run()));
  runs.catch(() => undefined); // awaited below; a process may end before that
  const produced = 2 * items;
  const rows: (string | number)[][] = [];
  let [lost, twice, round] = [0, 0, 0];
  while (lost + twice === 0 && round < (cure === 'none' ? mostRounds : 1)) {
    round += 1;
    for (const cast of casts) cast.tell('round', { round });
    const { received, distinct } = v.parse(consumption, await consumer.told('consumed'));
    lost = produced - distinct;
    twice = received - distinct;
    rows.push([round, produced, received, lost, twice]);
    const columns = ['column.round', 'column.produced', 'column.received', 'column.lost', 'column.twice'];
    stage.figure('rounds', { kind: 'table', columns, rows });
  }
  for (const cast of casts) cast.tell('round', { round: 0 });
  await runs;
  // Draw the final state: the last drawings of the processes came at different times.
  stage.figure('buffer', new BufferMemory(segment, n, bufferAt(0, n)).figure());
  if (cure === 'none' && lost + twice === 0) stage.note('luck', { rounds: round });
  const answer = lost > 0 ? 'lost' : twice > 0 ? 'twice' : 'all';
  const facts = { cure, n, items, produced, lost, twice, rounds: round };
  return { answer, held: cure === 'none' ? lost > 0 : answer === 'all', facts };
};
