import type { pageHost } from '@bulkhead/contracts';
import type { Handlers } from '@bulkhead/rpc/contract';
import type { LabProgram } from './lab-program.ts';
import type { LessonRun, LessonRunOptions } from './lesson-run.ts';

/** Time between updates of a run that are sent to its page, ms. */
const updatePeriodMs = 50;

export type LabHandlers = Pick<
  Handlers<typeof pageHost>,
  'startLesson' | 'paceLesson' | 'stepLesson' | 'stopLesson' | 'signalActor' | 'lesson'
>;

/** Loaded when a page starts its first lesson, because lessons are a third of the browser's code. */
const loadLessons = () => import('./lessons.ts');

/** All present runs, of all pages, for the process list. */
export const lessonRuns = new Set<LessonRun>();

/** Runs lessons for one document of an internal page. `close` ends its run: call it when the document is gone. */
export function labHost(entry: string, program: LabProgram): { handlers: LabHandlers; close(): void } {
  let run: LessonRun | undefined;
  let number = 0;
  let closed = false;
  const started = new Set<() => void>();

  /** Number of start and stop requests so far. The last one counts. */
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
      // Starts run one after the other, however fast they are requested, because each ends the run before.
      const turn = ++asked;
      const next = starting.then(() => start({ lesson, parameters, pace }, () => turn === asked));
      starting = next.catch(() => undefined); // reported to the caller
      return next;
    },
    paceLesson: (pace) => run?.setPace(pace),
    stepLesson: (name) => run?.step(name),
    stopLesson: async () => {
      await loadLessons(); // an earlier start request still waits for it
      asked += 1; // cancels pending starts
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
