import type { LessonFigure } from '@bulkhead/contracts';
import { beforeAll, expect, it } from 'vitest';
import { type FinishedRun, runLessons } from '../../testing/run-lessons.ts';
import { sizesOf, ways } from './comparison/plan.ts';

let run: FinishedRun;

beforeAll(async () => {
  [run] = (await runLessons('comparison?span=all&steps=coarse&seconds=4')) as [FinishedRun];
}, 120_000);

function figure<Kind extends LessonFigure['kind']>(name: string, kind: Kind) {
  const found = run.figures[name];
  if (found?.kind !== kind) throw new Error(`there is no ${kind} ${name}`);
  return found as Extract<LessonFigure, { kind: Kind }>;
}

it('large blocks are faster through shared memory, and only there are conflicts', () => {
  expect(run.held, JSON.stringify(run.facts)).toBe(true);
  expect(run.facts).toMatchObject({ lostByMessages: 0, changedReceived: 0, changedShared: run.facts.changes });
  expect(Number(run.facts.lostShared)).toBeGreaterThan(0);
});

it('measures every way at every size, and draws it', () => {
  const sizes = sizesOf('all', 'coarse');
  for (const name of ['throughput', 'latency']) {
    const { series, x, y } = figure(name, 'chart');
    expect([x.log, y.log]).toEqual([true, true]);
    expect(series.map(({ label }) => label)).toEqual(ways.map((way) => `way.${way}`));
    for (const { points } of series) {
      expect(points.map(([bytes]) => bytes)).toEqual(sizes);
      expect(points.every(([, value]) => value > 0)).toBe(true);
    }
  }
  expect(figure('results', 'table').rows).toHaveLength(ways.length * sizes.length);
  const [done, of] = figure('progress', 'table').rows[0] ?? [];
  expect(done).toBe(of);
});

it('marks the size from which shared memory is faster', () => {
  const { series, marks } = figure('latency', 'chart');
  const [mark] = marks;
  if (run.answer !== 'from-size' || !mark) throw new Error(`shared memory never becomes faster: ${run.answer}`);
  const curves = new Map(series.map(({ label, points }) => [label, points]));
  const asleep = curves.get('way.shared-asleep') ?? [];
  const messages = ['port', 'pipe', 'unix', 'tcp', 'mq'].map((way) => curves.get(`way.${way}`) ?? []);
  const best = asleep.map((_, index) => Math.min(...messages.map((points) => points[index]?.[1] ?? 0)));
  const after = asleep.findIndex(([bytes]) => bytes >= mark.x);
  expect(asleep[after]?.[1]).toBeLessThan(best[after] ?? 0);
  expect(asleep[after - 1]?.[1]).toBeGreaterThanOrEqual(best[after - 1] ?? 0);
});

it('answers each line of the chapter’s table with measurements, and names the machine', () => {
  const { rows } = figure('chapter', 'table');
  expect([...new Set(rows.map(([property]) => property))]).toEqual([
    'property.size',
    'property.conflicts',
    'property.machines',
    'property.speed',
    'property.protection',
  ]);
  expect(rows.flat().every((cell) => String(cell) !== '' && !String(cell).includes('NaN'))).toBe(true);
  const waiting = rows.find(([, measured]) => measured === 'measured.waiting') ?? [];
  const [byKernel, spinning] = waiting.slice(2).map((cell) => Number.parseFloat(String(cell)));
  expect(byKernel).toBeLessThan((spinning ?? 0) / 5);
  expect(run.facts).toMatchObject({ cpu: expect.any(String), cores: expect.any(Number), kernel: expect.any(String) });
});
