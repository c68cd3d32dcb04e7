import { call, contract, port, push } from '@bulkhead/rpc/contract';
import * as v from 'valibot';
import { confinement, confinementNeed } from './confinement.ts';
import { lessonEvent, lessonFacts, lessonFigure, lessonPace, lessonParameters } from './lesson-run.ts';
import { bounded } from './primitives.ts';

/** Name of a value or port that a program waits for. */
const name = v.pipe(bounded(64), v.minLength(1));

/**
 * Requests of the browser to a process that plays a role in a lesson. Served by apps/lesson-host: LIMITED, a learner
 * may break it. Called by apps/browser. One port per lesson process; it closes with the process.
 */
export const lessonProcess = contract('lesson-process', {
  version: 1,
  server: 'lesson process',
  caller: 'browser',
  trust: 'full',
  serverTrust: 'limited',
  lifetime: 'one per lesson process',
  calls: {
    /**
     * Locks the process down for good, as a plugin's except for its needs, and reports the result. Takes the needs, and
     * the run's own folder if it has one. Call it once, before `run`.
     */
    confine: call({
      input: [v.pipe(v.array(confinementNeed), v.maxLength(4)), v.nullable(bounded(4096))],
      output: confinement,
    }),
    /** Runs the program once, without a deadline. Resolves with the facts that it found; rejects with its error. */
    run: call({ input: [lessonParameters, lessonPace], output: lessonFacts, deadlineMs: Number.POSITIVE_INFINITY }),
    /** Sends the events that are still gathered; they arrive before the answer. A stopped process does not answer. */
    flush: call({ deadlineMs: 250 }),
  },
  pushes: {
    toServer: {
      pace: push([lessonPace]),
      /** Lets the program go on from the line at which it is held. */
      go: push([]),
      /** One end of a channel to another process of the lesson, or to the browser. */
      port: push([name, port()]),
      /** A value that the program waits for. */
      told: push([name, v.unknown()]),
    },
    toCaller: {
      events: push([v.pipe(v.array(lessonEvent), v.maxLength(256))], { maxBytes: 1024 * 1024 }),
      /** Label of the line that the program is at, null between lines; and whether it is held there until `go`. */
      line: push([v.nullable(bounded(64)), v.boolean()]),
      figure: push([name, lessonFigure], { maxBytes: 256 * 1024 }),
      /** A value for the lesson's director, which may pass it to another process. */
      told: push([name, v.unknown()], { maxBytes: 256 * 1024 }),
    },
  },
});
