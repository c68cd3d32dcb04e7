import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { runLab } from '../testing/run-lessons.ts';

/** Runs a lesson with a lowered limit, and returns how it ended. */
async function endedBy(request: string, limits: Readonly<Record<string, number>>) {
  const { code, lessons } = await runLab([request], limits);
  const [run] = lessons;
  if (!run) throw new Error(`${request} did not run`);
  const pids = run.actors.flatMap(({ pid }) => pid ?? []);
  return { code, ending: run.ending, outcome: run.outcome, pids };
}

// Without the limit, each would run much longer and reach its end.
it.each([
  ['out-of-time', 'bounded-buffer?items=1000&producerMs=1000', { seconds: 3 }],
  ['out-of-cpu', 'speed-up?upTo=20000000&repetitions=9', { cpuSeconds: 2 }],
  ['out-of-memory', 'comparison?span=large&seconds=2', { memoryMiB: 150 }],
])('ends a lesson that is %s, reports it, and leaves no process behind', async (ending, request, limits) => {
  const run = await endedBy(request, limits);
  expect(run).toMatchObject({ code: 1, ending, outcome: null });
  expect(run.pids.length).toBeGreaterThan(1);
  expect(run.pids.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]);
});

it('lets a lesson within its lowered limits reach its end', async () => {
  const { code, lessons } = await runLab(['rendezvous'], { seconds: 50, cpuSeconds: 50, memoryMiB: 500 });
  expect(code).toBe(0);
  expect(lessons).toMatchObject([{ ending: 'done', outcome: { held: true } }]);
});
