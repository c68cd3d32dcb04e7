import { beforeAll, expect, it } from 'vitest';
import { type FinishedRun, runLessons } from '../../testing/run-lessons.ts';

let renderer: FinishedRun;
let plugin: FinishedRun;

beforeAll(async () => {
  [renderer, plugin] = (await runLessons('chrome?tabs=4', 'chrome?victim=plugin')) as [FinishedRun, FinishedRun];
}, 180_000);

/** Returns how often this actor painted after the victim had ended. */
function paintedAfterEnd(run: FinishedRun, victim: string, name: string): number {
  const end = run.eventsOf(victim).find(({ kind }) => kind === 'end');
  return run.eventsOf(name).filter(({ text, startUs }) => text === 'paint()' && startUs > (end?.endUs ?? Number.NaN))
    .length;
}

it('a killed tab takes nothing with it', () => {
  expect(renderer).toMatchObject({ held: true, answer: 'nothing', facts: { killed: 'renderer 1', going: 3, lost: 0 } });
  const ended = renderer.eventsOf().filter(({ kind }) => kind === 'end');
  expect(ended.map(({ actor }) => actor)).toEqual(['renderer 1']);
  for (const name of ['renderer 2', 'renderer 3', 'renderer 4']) {
    expect(paintedAfterEnd(renderer, 'renderer 1', name)).toBeGreaterThanOrEqual(4);
  }
  expect(Number(renderer.facts.computed)).toBeGreaterThan(0);
});

it('a killed plugin takes nothing with it', () => {
  expect(plugin).toMatchObject({ held: true, answer: 'nothing', facts: { killed: 'plugin', going: 3, lost: 0 } });
  expect(paintedAfterEnd(plugin, 'plugin', 'renderer 1')).toBeGreaterThanOrEqual(4);
});

it('shows the processes and ports of the app and of the lesson', () => {
  const { processes, ports } = renderer.figures;
  const rows = processes?.kind === 'table' ? processes.rows : [];
  const types = rows.map(([, type]) => type);
  expect(types.filter((type) => type === 'type.browser')).toHaveLength(1);
  // The processes of the lesson without the killed one.
  const lessonPids = rows.filter(([, type]) => type === 'type.lesson').map(([pid]) => pid);
  const living = renderer.actors.filter(({ name }) => name !== 'renderer 1').map(({ pid }) => String(pid));
  expect(new Set(lessonPids)).toEqual(new Set(living));
  expect(ports?.kind === 'table' && ports.rows.length).toBe(living.length);
});
