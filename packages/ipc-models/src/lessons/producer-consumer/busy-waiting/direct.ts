import { NamedSemaphore } from '@bulkhead/shared-memory';
import * as v from 'valibot';
import type { Director } from '../../../lab/index.ts';
import { giveMemory, onceAttached } from '../../shared-memory/common-memory.ts';
import { costs } from './costs.ts';
import type { busyWaiting } from './lesson.ts';
import { waysOf, wordCount } from './plan.ts';

/**
 * Shares of the time, percent: above `whole` a process takes almost a whole processor, below `little` almost nothing.
 */
const [whole, little] = [70, 30];

export const direct: Director<typeof busyWaiting> = async (stage) => {
  const { waiting, items, everyMs } = stage.parameters;
  const both = await Promise.all([stage.start('producer'), stage.start('consumer')]);
  const [producer, consumer] = both;
  await giveMemory(stage, 4 * wordCount, both);
  const semaphore = NamedSemaphore.create(0);
  stage.onEnd(() => {
    semaphore.unlink();
    semaphore.close();
  });
  for (const cast of both) cast.tell('semaphore', semaphore.name);
  onceAttached(both, () => semaphore.unlink());
  const runs = Promise.all([producer.run(), consumer.run()]);
  runs.catch(() => undefined); // awaited below
  const rows: (string | number)[][] = [];
  const shares: Record<string, number> = {};
  const facts: Record<string, number | string> = { waiting, items, everyMs };
  for (const way of waysOf(waiting)) {
    await consumer.told('ready');
    producer.tell('begin', way);
    const { wallMs, cpuMs, wantedMs, sleeps } = v.parse(costs, await consumer.told('costs'));
    const percent = (ms: number) => Math.min(100, Math.round((100 * ms) / Math.max(1, wallMs)));
    // On a busy machine other programs get the processor that it wants: otherwise it would take all of it.
    shares[way] = percent(Math.max(cpuMs, wantedMs));
    rows.push([`choice.waiting.${way}`, Math.round(wallMs), Math.round(cpuMs), percent(cpuMs), shares[way], sleeps]);
    const columns = ['column.way', 'column.wall', 'column.cpu', 'column.percent', 'column.wanted', 'column.sleeps'];
    stage.figure('costs', { kind: 'table', columns, rows });
    Object.assign(facts, {
      [`${way}CpuMs`]: Math.round(cpuMs),
      [`${way}WallMs`]: Math.round(wallMs),
      [`${way}Share`]: shares[way],
      [`${way}Sleeps`]: sleeps,
    });
  }
  await runs;
  const share = shares.busy ?? shares.semaphore ?? 0;
  const answer = share >= whole ? 'all' : share > little ? 'half' : 'little';
  const isAsSaid = (shares.busy ?? 100) >= whole && (shares.semaphore ?? 0) <= little;
  return { answer, held: isAsSaid, facts: { busyCpuMs: '–', semaphoreCpuMs: '–', ...facts } };
};
