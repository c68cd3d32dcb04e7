import * as v from 'valibot';
import type { Cast, Director, Stage } from '../../../lab/index.ts';
import { wordsOf } from '../common-memory.ts';
import { giveGuardedMemory, lockWords } from '../critical-section.ts';
import type { lostUpdate } from './lesson.ts';
import { COUNTER, lockOf, wordCount } from './plan.ts';

/**
 * Most rounds. A round is repeated if the two processes did not overlap, as may happen on a busy machine, or if without
 * protection no update was lost by chance.
 */
const mostRounds = 20;
const interval = v.object({ startUs: v.number(), endUs: v.number() });

export const direct: Director<typeof lostUpdate> = async (stage) => {
  const { times, protection } = stage.parameters;
  const workers = await Promise.all([stage.start('worker', 'worker 1'), stage.start('worker', 'worker 2')]);
  const { segment } = await giveGuardedMemory(stage, lockOf(protection), wordCount, workers);
  const memory = wordsOf(segment, lockWords, wordCount);
  drawCounter(stage, memory, workers);
  const runs = Promise.all(workers.map((worker) => worker.run()));
  runs.catch(() => undefined); // awaited below; a process may end before that
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
  let overlapped = false;
  while (lost === 0 && round < mostRounds && (protection === 'none' || !overlapped)) {
    round += 1;
    Atomics.store(memory, COUNTER, 0);
    for (const worker of workers) worker.tell('round', { round });
    const told = await Promise.all(workers.map((worker) => worker.told('done')));
    const times = told.map((done) => v.parse(interval, done));
    overlapped = Math.max(...times.map(({ startUs }) => startUs)) < Math.min(...times.map(({ endUs }) => endUs));
    const counter = Atomics.load(memory, COUNTER);
    lost = expected - counter;
    rows.push([round, expected, counter, lost]);
    draw();
  }
  for (const worker of workers) worker.tell('round', { round: 0 });
  await runs;
  if (protection === 'none' && lost === 0) stage.note('luck', { rounds: round });
  const facts = { times, protection, expected, counter: expected - lost, lost, rounds: round, overlapped };
  const answer = lost === 0 ? 'all' : lost > 0 ? 'fewer' : 'more';
  return { answer, held: protection === 'none' ? lost > 0 : lost === 0, facts };
};

/** Time between two reads of the counter for its figure, ms. */
const lookPeriodMs = 40;

/** Draws the counter, and the registers that the workers tell: with few increments, each one is shown. */
function drawCounter(stage: Stage, memory: Int32Array, workers: readonly Cast[]): void {
  const registers = new Map<string, number>();
  let drawn = '';
  const draw = () => {
    const rows = [
      ['counter', memory[COUNTER] ?? 0],
      ...[...registers].map(([name, value]) => [`${name}: register`, value]),
    ];
    if (JSON.stringify(rows) === drawn) return;
    drawn = JSON.stringify(rows);
    stage.figure('counter', { kind: 'table', columns: ['column.variable', 'column.value'], rows });
  };
  const follow = async (worker: Cast) => {
    for (;;) {
      registers.set(worker.name, Number(await worker.told('register')));
      draw();
    }
  };
  // The loop ends with the process.
  for (const worker of workers) follow(worker).catch(() => undefined);
  const timer = setInterval(draw, lookPeriodMs);
  stage.onEnd(() => clearInterval(timer));
}
