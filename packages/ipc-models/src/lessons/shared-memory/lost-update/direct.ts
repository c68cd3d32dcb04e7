import * as v from 'valibot';
import type { Cast, Director, Stage } from '../../../lab/index.ts';
import { wordsOf } from '../common-memory.ts';
import { giveGuardedMemory, lockWords } from '../critical-section.ts';
import type { lostUpdate } from './lesson.ts';
import { COUNTER, lockOf, wordCount } from './plan.ts';

/**
 * So often it is tried until the two were at it at the same time, which on a busy machine need not be, and until without
 * protection something went wrong, which need not be either.
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

/** How often the counter is looked at for its figure, ms. */
const lookPeriodMs = 40;

/** Draws the counter, and the registers of those that tell theirs: a few increments are shown one by one. */
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
  // It ends with the process.
  for (const worker of workers) follow(worker).catch(() => undefined);
  const timer = setInterval(draw, lookPeriodMs);
  stage.onEnd(() => clearInterval(timer));
}
