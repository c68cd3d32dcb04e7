import type { pageHost } from '@bulkhead/contracts';
import type { Handlers } from '@bulkhead/rpc/contract';
import type { LabProgram } from './lab-program.ts';
import type { LessonRun, LessonRunOptions } from './lesson-run.ts';

/** How often a run that changes is sent to its page, ms. */
const updatePeriodMs = 50;

export type LabHandlers = Pick<
  Handlers<typeof pageHost>,
  'startLesson' | 'paceLesson' | 'stepLesson' | 'stopLesson' | 'signalActor' | 'lesson'
>;

/** Loaded when a page first starts a lesson: lessons are a third of the browser's code. */
const loadLessons = () => import('./lessons.ts');

/** Every run that is under way, in whichever page: for the list of processes. */
export const lessonRuns = new Set<LessonRun>();

/** Lessons for one document of an internal page. `close` when it is gone: its run ends with it. */
export function labHost(entry: string, program: LabProgram): { handlers: LabHandlers; close(): void } {
  let run: LessonRun | undefined;
  let number = 0;
  let closed = false;
  const started = new Set<() => void>();

  /** Starts and stops so far: the last one counts. */
  let asked = 0;
  let starting: Promise<unknown> = Promise.resolve();

  async function start(
    options: Pick<LessonRunOptions, 'lesson' | 'parameters' | 'pace'>,
    isWanted: () => boolean,
  ): Promise<boolean> {
    await run?.stop();
    const { lessonCode, LessonRun } = await loadLessons();
    const code = lessonCode[options.lesson.id];
    if (!code || closed || !isWanted()) return false;
    number += 1;
    const next = new LessonRun({ number, entry, program, ...options }, code.direct);
    run = next;
    lessonRuns.add(next);
    void next.ended.then(() => lessonRuns.delete(next));
    for (const wake of started) wake();
    return true;
  }

  const handlers: LabHandlers = {
    startLesson: async (id, given, pace) => {
      const { findLesson, parametersOf, runsOn } = await loadLessons();
      const lesson = findLesson(id);
      const parameters = lesson && parametersOf(lesson, given);
      if (!lesson || !parameters || !runsOn(lesson, process.platform)) return false;
      // One after the other, however fast they are asked for: each ends the run before.
      const turn = ++asked;
      const next = starting.then(() => start({ lesson, parameters, pace }, () => turn === asked));
      starting = next.catch(() => undefined); // who asked for it hears it
      return next;
    },
    paceLesson: (pace) => run?.setPace(pace),
    stepLesson: (name) => run?.step(name),
    stopLesson: async () => {
      await loadLessons(); // a start that was asked for before is still waiting for it
      asked += 1; // what is still to start is not wanted any more
      await run?.stop();
    },
    signalActor: (name, signal) => run?.signal(name, signal) ?? false,
    lesson: async ({ sink, signal }) => {
      let shown: LessonRun | undefined;
      let seen = 0;
      let wake = () => {};
      const onChange = () => wake();
      started.add(onChange);
      try {
        while (!signal.aborted) {
          const changed = new Promise<void>((resolve) => {
            wake = resolve;
          });
          if (run !== shown) {
            shown?.off('changed', onChange);
            shown = run;
            seen = 0;
            shown?.on('changed', onChange);
          }
          if (shown) {
            const update = shown.update(seen);
            seen += update.events.length;
            await sink.push(update);
            if (seen < shown.eventCount) continue;
          }
          await Promise.race([changed, sink.closed]);
          await new Promise((resolve) => setTimeout(resolve, updatePeriodMs));
        }
      } finally {
        started.delete(onChange);
        shown?.off('changed', onChange);
      }
    },
  };
  return {
    handlers,
    close: () => {
      closed = true;
      void run?.stop();
    },
  };
}
