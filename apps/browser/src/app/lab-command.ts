import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { LessonUpdate } from '@bulkhead/contracts';
import { parametersOf, runsOn, withLowerLimits } from '@bulkhead/ipc-models/lab';
import { findRequested } from '@bulkhead/ipc-models/lessons';
import { lessonCode } from '@bulkhead/ipc-models/lessons/code';
import { app } from 'electron';
import { removeLeftovers } from '../cleanup/leftovers.ts';
import { lessonRuns } from '../lab/lab-host.ts';
import { programWithoutWindow } from '../lab/lab-program.ts';
import { LessonRun } from '../lab/lesson-run.ts';
import { ProcessSampler } from '../processes/process-sampler.ts';
import type { LabOptions } from '../runtime/command-line.ts';
import { exit } from '../runtime/exit.ts';
import { runtimeVersions } from '../runtime/runtime-versions.ts';
import { lessonName } from './process-names.ts';

/**
 * Runs lessons one after the other without a window, and writes all their events to `result.json` in the output folder.
 * Resolves to true when each lesson ended normally and its claim held.
 */
export async function runLab({ lessons, limits, output }: LabOptions, entry: string): Promise<boolean> {
  let run: LessonRun | undefined;
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.once(signal, () => void Promise.resolve(run?.stop()).then(() => exit(1)));
  }
  await removeLeftovers(app.getPath('userData'));
  await mkdir(output, { recursive: true });
  const program = programWithoutWindow(new ProcessSampler(process.pid, { describe: lessonName }));
  const results: LessonUpdate[] = [];
  for (const [index, { lesson: id, parameters }] of lessons.entries()) {
    const requested = findRequested(id, parameters);
    const lesson = requested && withLowerLimits(requested.lesson, limits);
    const code = lesson && lessonCode[lesson.id];
    const values = lesson && parametersOf(lesson, requested.given);
    if (!lesson || !code || !values)
      throw new Error(`lesson ${id} does not exist, or does not take these parameters and limits`);
    if (!runsOn(lesson, process.platform)) throw new Error(`lesson ${id} needs Linux`);
    run = new LessonRun(
      { number: index, entry, lesson, parameters: values, pace: { kind: 'run' }, program },
      code.direct,
    );
    lessonRuns.add(run);
    await run.ended;
    lessonRuns.delete(run);
    const result = run.update(0);
    while (result.events.length < run.eventCount) result.events.push(...run.update(result.events.length).events);
    results.push(result);
  }
  await writeFile(
    path.join(output, 'result.json'),
    `${JSON.stringify({ runtime: runtimeVersions(), lessons: results }, null, 2)}\n`,
  );
  return results.every(({ ending, outcome }) => ending === 'done' && outcome?.held === true);
}
