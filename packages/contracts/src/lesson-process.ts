import { call, contract, port, push } from '@bulkhead/rpc/contract';
import * as v from 'valibot';
import { confinement, confinementNeed } from './confinement.ts';
import { lessonEvent, lessonFacts, lessonFigure, lessonPace, lessonParameters } from './lesson-run.ts';
import { bounded } from './primitives.ts';

/** Of a value or port that a program waits for. */
const name = v.pipe(bounded(64), v.minLength(1));

/**
 * What the browser asks of a process that plays a part in a lesson. Served by apps/lesson-host: LIMITED, a learner may
 * break it. Called by apps/browser. One port per lesson process; it closes with it.
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
     * Locks its process down for good, as a plugin's but for what it needs, and says what came of it: the needs, and the
     * run's own folder where it has one. Once, before `run`.
     */
    confine: call({
      input: [v.pipe(v.array(confinementNeed), v.maxLength(4)), v.nullable(bounded(4096))],
      output: confinement,
    }),
    /** Runs its program once. Resolves with what that found out, however long it takes; rejects with its error. */
    run: call({ input: [lessonParameters, lessonPace], output: lessonFacts, deadlineMs: Number.POSITIVE_INFINITY }),
    /** Sends what it still holds back of its events; they are there before the answer. One that is stopped does not answer. */
    flush: call({ deadlineMs: 250 }),
  },
  pushes: {
    toServer: {
      pace: push([lessonPace]),
      /** Lets it go on from the line that it is held at. */
      go: push([]),
      /** One end of a channel to another process of the lesson, or to the browser. */
      port: push([name, port()]),
      /** A value that its program waits for. */
      told: push([name, v.unknown()]),
    },
    toCaller: {
      events: push([v.pipe(v.array(lessonEvent), v.maxLength(256))], { maxBytes: 1024 * 1024 }),
      /** It is at the line of this label; null between lines. `held`: until `go`. */
      line: push([v.nullable(bounded(64)), v.boolean()]),
      figure: push([name, lessonFigure], { maxBytes: 256 * 1024 }),
      /** A value for the lesson's director, or through it for another process. */
      told: push([name, v.unknown()], { maxBytes: 256 * 1024 }),
    },
  },
});
