import * as v from 'valibot';
import { bounded, count, pid } from './primitives.ts';

export const lessonId = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,63}$/));
/** Name of a process within its lesson: its role, with a number if several play it (`worker 2`). */
export const actorName = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9 -]{0,31}$/));
const name = v.pipe(bounded(64), v.minLength(1));
const number = v.pipe(v.number(), v.finite());
/** Microseconds of the system's monotonic clock, which every process of the machine shares. */
const clockUs = v.pipe(number, v.minValue(0));

/** Parameters that the learner set. The lesson's declaration lists them and their ranges. */
export const lessonParameters = v.pipe(v.record(bounded(64), v.union([number, bounded(64)])), v.maxEntries(64));
export type LessonParameters = v.InferOutput<typeof lessonParameters>;

/** Facts that a run found. They fill the placeholders of the lesson's words. */
export const lessonFacts = v.pipe(
  v.record(bounded(64), v.union([number, bounded(1024), v.boolean()])),
  v.maxEntries(64),
);
export type LessonFacts = v.InferOutput<typeof lessonFacts>;

/** Pace of a run: at full speed, with `stepMs` at each marked line, or one marked line per click. */
export const lessonPace = v.variant('kind', [
  v.strictObject({ kind: v.literal('run') }),
  v.strictObject({ kind: v.literal('slow'), stepMs: v.pipe(number, v.minValue(1), v.maxValue(10_000)) }),
  v.strictObject({ kind: v.literal('step') }),
]);
export type LessonPace = v.InferOutput<typeof lessonPace>;

/**
 * One event in one process. `call`: a function or system call with its arguments and result. `wait`: waiting only.
 * `work`: computing. `message`: a message that reached `to` at `endUs`. `note`: `text` is a key of the lesson's words,
 * whose placeholders `values` fill.
 */
export const lessonEvent = v.strictObject({
  actor: actorName,
  kind: v.picklist(['call', 'wait', 'work', 'message', 'note', 'end']),
  text: bounded(1024),
  result: v.nullable(bounded(512)),
  values: lessonFacts,
  startUs: clockUs,
  endUs: clockUs,
  to: v.nullable(actorName),
});
export type LessonEvent = v.InferOutput<typeof lessonEvent>;

const cell = v.union([number, bounded(1024)]);

/** A drawing of the lesson's state, which the page redraws at each change. Labels are keys of the lesson's words. */
export const lessonFigure = v.variant('kind', [
  /** Processes and the links between them. */
  v.strictObject({
    kind: v.literal('parts'),
    parts: v.pipe(
      v.array(
        v.strictObject({
          id: name,
          shape: v.picklist(['process', 'kernel', 'memory', 'mailbox', 'socket']),
          /** Displayed text, not a key: a name of a process or an object. */
          label: bounded(128),
          pid: v.nullable(pid),
          lines: v.pipe(v.array(bounded(256)), v.maxLength(16)),
        }),
      ),
      v.maxLength(32),
    ),
    links: v.pipe(
      v.array(v.strictObject({ from: name, to: name, label: bounded(128), both: v.boolean() })),
      v.maxLength(64),
    ),
  }),
  /** A ring of slots with its two indices. */
  v.strictObject({
    kind: v.literal('buffer'),
    slots: v.pipe(v.array(v.nullable(bounded(64))), v.maxLength(256)),
    in: count,
    out: count,
    /** False for a buffer that grows: its indices never wrap. */
    ring: v.boolean(),
  }),
  /** Mailboxes, their messages, and the processes that wait. A capacity of null means no bound. */
  v.strictObject({
    kind: v.literal('mailboxes'),
    mailboxes: v.pipe(
      v.array(
        v.strictObject({
          name: bounded(64),
          owner: bounded(64),
          capacity: v.nullable(count),
          held: v.pipe(v.array(bounded(128)), v.maxLength(64)),
          waitingSenders: v.pipe(v.array(bounded(64)), v.maxLength(16)),
          waitingReceivers: v.pipe(v.array(bounded(64)), v.maxLength(16)),
        }),
      ),
      v.maxLength(16),
    ),
  }),
  /** The same bytes as several processes see them. */
  v.strictObject({
    kind: v.literal('memory'),
    views: v.pipe(
      v.array(
        v.strictObject({
          actor: actorName,
          /** Address in this process, hexadecimal. */
          address: bounded(32),
          /** Device and inode of the mapped object: equal values mean the same memory. */
          object: bounded(128),
          access: v.picklist(['read-only', 'read-write', 'none']),
          bytes: v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255))), v.maxLength(512)),
        }),
      ),
      v.maxLength(8),
    ),
  }),
  /** `columns` are keys. A text cell that is not a key is shown as it is. */
  v.strictObject({
    kind: v.literal('table'),
    columns: v.pipe(v.array(bounded(64)), v.maxLength(12)),
    rows: v.pipe(v.array(v.pipe(v.array(cell), v.maxLength(12))), v.maxLength(200)),
  }),
  v.strictObject({
    kind: v.literal('chart'),
    /** Labels are keys. The unit of an axis says how its numbers are formatted. */
    x: v.strictObject({ label: name, unit: v.picklist(['bytes', 'count', 'ms']), log: v.boolean() }),
    y: v.strictObject({
      label: name,
      unit: v.picklist(['bytes', 'bytes/s', 'us', 'ms', 'percent', 'count']),
      log: v.boolean(),
    }),
    series: v.pipe(
      v.array(v.strictObject({ label: name, points: v.pipe(v.array(v.tuple([number, number])), v.maxLength(512)) })),
      v.maxLength(16),
    ),
    /** Positions on the x axis that get a line, for example where two series cross. */
    marks: v.pipe(v.array(v.strictObject({ x: number, label: name })), v.maxLength(8)),
  }),
]);
export type LessonFigure = v.InferOutput<typeof lessonFigure>;

const actor = v.strictObject({
  name: actorName,
  role: actorName,
  pid: v.nullable(pid),
  state: v.picklist(['starting', 'running', 'ended']),
  /** How the process ended, for the learner: `killed (signal 9)`; null while it runs and after a normal end. */
  end: v.nullable(bounded(256)),
  /** Label of the line that the process is at. */
  line: v.nullable(bounded(64)),
  /** Whether it is held at that line until the learner lets it go on. */
  held: v.boolean(),
});
export type LessonActor = v.InferOutput<typeof actor>;

export const lessonOutcome = v.strictObject({
  /** The answer of the question that came true. */
  answer: bounded(64),
  /** Whether the run confirmed the lesson's claim. */
  held: v.boolean(),
  facts: lessonFacts,
});
export type LessonOutcome = v.InferOutput<typeof lessonOutcome>;

/** Most events that one run keeps; later ones are counted and dropped. */
export const maximumLessonEvents = 5000;
/** Most events in one update. */
export const lessonEventsAtOnce = 500;

/** State of a run, and its events since the previous update. */
export const lessonUpdate = v.strictObject({
  run: count,
  lesson: lessonId,
  parameters: lessonParameters,
  pace: lessonPace,
  /** Start of the run, on the clock of its events. */
  startUs: clockUs,
  actors: v.pipe(v.array(actor), v.maxLength(32)),
  events: v.pipe(v.array(lessonEvent), v.maxLength(lessonEventsAtOnce)),
  droppedEvents: count,
  figures: v.pipe(v.array(v.strictObject({ name, figure: lessonFigure })), v.maxLength(16)),
  /**
   * Null while it runs. `interrupted`: a process that it needs was ended from outside. `failed`: an error, in `error`.
   * `out-of-time`, `out-of-cpu`: it used more time or processor time than a lesson may. `out-of-memory`: one of its
   * processes used more memory than a lesson may.
   */
  ending: v.nullable(
    v.picklist(['done', 'stopped', 'interrupted', 'failed', 'out-of-time', 'out-of-cpu', 'out-of-memory']),
  ),
  error: v.nullable(bounded(2048)),
  outcome: v.nullable(lessonOutcome),
});
export type LessonUpdate = v.InferOutput<typeof lessonUpdate>;
