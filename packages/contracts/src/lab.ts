import { call, stream } from '@bulkhead/rpc/contract';
import * as v from 'valibot';
import { actorName, lessonId, lessonPace, lessonParameters, lessonUpdate } from './lesson-run.ts';
import { endSignal } from './process-list.ts';

/**
 * Calls of an internal page for lessons: one run at a time, which belongs to that document and ends with it. Part of
 * the contract `page-host`.
 */
export const labCalls = {
  /**
   * Starts a run and ends the previous one. False if the lesson does not exist or cannot run on this system, or if a
   * parameter is out of range.
   */
  startLesson: call({ input: [lessonId, lessonParameters, lessonPace], output: v.boolean() }),
  paceLesson: call({ input: [lessonPace] }),
  /** Lets a held process go on; with null, every held process. */
  stepLesson: call({ input: [v.nullable(actorName)] }),
  /** Ends the run's processes. Resolves when they have ended. */
  stopLesson: call(),
  /** Sends a signal to a process of the run. False if the run has no living process of that name. */
  signalActor: call({ input: [actorName, endSignal], output: v.boolean() }),
};

export const labStreams = {
  /** The page's current run from its beginning, and every later run. */
  lesson: stream({ item: lessonUpdate, highWaterMark: 2, maxBytes: 8 * 1024 * 1024 }),
};
