import * as v from 'valibot';
import { bounded, count, pid } from './primitives.ts';

export const lessonId = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,63}$/));
/** Name of a process within its lesson: its role, and a number where several play it (`worker 2`). */
export const actorName = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9 -]{0,31}$/));
const name = v.pipe(bounded(64), v.minLength(1));
const number = v.pipe(v.number(), v.finite());
/** Microseconds of the system's monotonic clock, which every process of the machine shares. */
const clockUs = v.pipe(number, v.minValue(0));

/** What a learner set. The lesson's declaration says which there are, and of what range. */
export const lessonParameters = v.pipe(v.record(bounded(64), v.union([number, bounded(64)])), v.maxEntries(64));
export type LessonParameters = v.InferOutput<typeof lessonParameters>;

/** What a run found out, and what its words are filled with. */
export const lessonFacts = v.pipe(
  v.record(bounded(64), v.union([number, bounded(1024), v.boolean()])),
  v.maxEntries(64),
);
export type LessonFacts = v.InferOutput<typeof lessonFacts>;

/** As fast as it goes; so many milliseconds at each marked line; or a line at each press. */
export const lessonPace = v.variant('kind', [
  v.strictObject({ kind: v.literal('run') }),
  v.strictObject({ kind: v.literal('slow'), stepMs: v.pipe(number, v.minValue(1), v.maxValue(10_000)) }),
  v.strictObject({ kind: v.literal('step') }),
]);
export type LessonPace = v.InferOutput<typeof lessonPace>;

/**
 * One thing that happened in one process. `call`: a function or system call as it was called, and what it gave back.
 * `wait`: nothing but waiting. `work`: computing. `message`: one that reached `to` at `endUs`. `note`: `text` is a key of
 * the lesson's words, which `values` fill.
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

/** A picture of the state of things, drawn by the page whenever it changes. Labels are keys of the lesson's words. */
export const lessonFigure = v.variant('kind', [
  /** Processes and what connects them. */
  v.strictObject({
    kind: v.literal('parts'),
    parts: v.pipe(
      v.array(
        v.strictObject({
          id: name,
          shape: v.picklist(['process', 'kernel', 'memory', 'mailbox', 'socket']),
          /** As it is to be read, no key: names of processes and objects. */
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
    /** False for a buffer that grows: it has no end to come round to. */
    ring: v.boolean(),
  }),
  /** Mailboxes, what they hold and who waits. A capacity of null has no bound. */
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
          /** Where this process has it, hexadecimal. */
          address: bounded(32),
          /** Device and inode of what is mapped there: the same in both is the same memory. */
          object: bounded(128),
          access: v.picklist(['read-only', 'read-write', 'none']),
          bytes: v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255))), v.maxLength(512)),
        }),
      ),
      v.maxLength(8),
    ),
  }),
  /** `columns` are keys; a text cell is shown as it stands, unless it is a key. */
  v.strictObject({
    kind: v.literal('table'),
    columns: v.pipe(v.array(bounded(64)), v.maxLength(12)),
    rows: v.pipe(v.array(v.pipe(v.array(cell), v.maxLength(12))), v.maxLength(200)),
  }),
  v.strictObject({
    kind: v.literal('chart'),
    /** Keys; the unit of an axis says how its numbers are written. */
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
    /** Places on the x axis that are worth a line: where two series cross, say. */
    marks: v.pipe(v.array(v.strictObject({ x: number, label: name })), v.maxLength(8)),
  }),
]);
export type LessonFigure = v.InferOutput<typeof lessonFigure>;

const actor = v.strictObject({
  name: actorName,
  role: actorName,
  pid: v.nullable(pid),
  state: v.picklist(['starting', 'running', 'ended']),
  /** How it ended, for people: `killed (signal 9)`; null while it runs, and when it ended as it should. */
  end: v.nullable(bounded(256)),
  /** Label of the line that it is at. */
  line: v.nullable(bounded(64)),
  /** It stands at that line until somebody lets it go on. */
  held: v.boolean(),
});
export type LessonActor = v.InferOutput<typeof actor>;

export const lessonOutcome = v.strictObject({
  /** Which of the question's answers came true. */
  answer: bounded(64),
  /** Whether what the lesson claims was seen to hold. */
  held: v.boolean(),
  facts: lessonFacts,
});
export type LessonOutcome = v.InferOutput<typeof lessonOutcome>;

/** Most events that one run keeps; later ones are counted and dropped. */
export const maximumLessonEvents = 5000;
/** Most events in one update. */
export const lessonEventsAtOnce = 500;

/** The state of a run, and what happened since the update before. */
export const lessonUpdate = v.strictObject({
  run: count,
  lesson: lessonId,
  parameters: lessonParameters,
  pace: lessonPace,
  /** When it began, on the clock of its events. */
  startUs: clockUs,
  actors: v.pipe(v.array(actor), v.maxLength(32)),
  events: v.pipe(v.array(lessonEvent), v.maxLength(lessonEventsAtOnce)),
  droppedEvents: count,
  figures: v.pipe(v.array(v.strictObject({ name, figure: lessonFigure })), v.maxLength(16)),
  /**
   * Null while it runs. `interrupted`: a process that it needs was ended from outside. `failed`: an error, in `error`.
   * The last three: it took more time or more processor time, or a process of it more memory, than a lesson may.
   */
  ending: v.nullable(
    v.picklist(['done', 'stopped', 'interrupted', 'failed', 'out-of-time', 'out-of-cpu', 'out-of-memory']),
  ),
  error: v.nullable(bounded(2048)),
  outcome: v.nullable(lessonOutcome),
});
export type LessonUpdate = v.InferOutput<typeof lessonUpdate>;
