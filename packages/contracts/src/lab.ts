import { call, stream } from '@bulkhead/rpc/contract';
import * as v from 'valibot';
import { actorName, lessonId, lessonPace, lessonParameters, lessonUpdate } from './lesson-run.ts';
import { endSignal } from './process-list.ts';

/**
 * What an internal page may do with lessons: one run at a time, which is that document's own and ends with it. Part of
 * the contract `page-host`.
 */
export const labCalls = {
  /** Ends the run before. False for a lesson that there is none of, that this system cannot run, or parameters out of its ranges. */
  startLesson: call({ input: [lessonId, lessonParameters, lessonPace], output: v.boolean() }),
  paceLesson: call({ input: [lessonPace] }),
  /** Lets a held process go on, or with null every one that is. */
  stepLesson: call({ input: [v.nullable(actorName)] }),
  /** Ends its processes; resolves when they have. */
  stopLesson: call(),
  /** Sends a signal to a process of the run. False when it has none of that name that lives. */
  signalActor: call({ input: [actorName, endSignal], output: v.boolean() }),
};

export const labStreams = {
  /** The page's run from its beginning, and every run after it. */
  lesson: stream({ item: lessonUpdate, highWaterMark: 2, maxBytes: 8 * 1024 * 1024 }),
};
