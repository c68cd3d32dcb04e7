import type { LessonEvent } from '@bulkhead/contracts';

/** Position of an event, in shares of the whole width: 0 to 1 from left to right. */
export interface Mark {
  event: LessonEvent;
  /** Index of the event's lane. */
  lane: number;
  from: number;
  to: number;
  /** Index of the lane that a message goes to. */
  toLane: number | undefined;
}

export interface TimeLineLayout {
  lanes: readonly string[];
  marks: readonly Mark[];
  /** Labelled times, ms since the beginning. */
  ticks: readonly { at: number; ms: number }[];
  /** Duration of all drawn events, ms. */
  spanMs: number;
  /** Number of the oldest events that were left out. */
  hidden: number;
}

/** Most events that are drawn at once. */
const maximumMarks = 600;

const momentUs = 1000;

/** Places events by time on lanes, one per process. `lastMs` keeps only the events of the last so many ms. */
export function layOut(
  events: readonly LessonEvent[],
  actors: readonly string[],
  { lastMs, mostTicks = 8 }: { lastMs?: number | undefined; mostTicks?: number } = {},
): TimeLineLayout {
  const lanes = [...new Set([...actors, ...events.map(({ actor }) => actor)])];
  const end = events.reduce((latest, { endUs }) => Math.max(latest, endUs), 0);
  const recent = lastMs === undefined ? events : events.filter(({ endUs }) => endUs >= end - lastMs * 1000);
  const drawn = recent.slice(-maximumMarks);
  const start = drawn.reduce((earliest, { startUs }) => Math.min(earliest, startUs), Number.POSITIVE_INFINITY);
  // A single moment still needs a scale.
  const span = end > start ? end - start : momentUs;
  const place = (us: number) => (us - start) / span;
  return {
    lanes,
    marks: drawn.map((event) => ({
      event,
      lane: lanes.indexOf(event.actor),
      from: place(event.startUs),
      to: place(event.endUs),
      toLane: event.to === null ? undefined : lanes.indexOf(event.to),
    })),
    ticks: drawn.length === 0 ? [] : ticksOf(span / 1000, mostTicks),
    spanMs: drawn.length === 0 ? 0 : span / 1000,
    hidden: events.length - drawn.length,
  };
}

/** Returns round times within a span: at most `most` parts, and about half as many at least. */
function ticksOf(spanMs: number, most: number): { at: number; ms: number }[] {
  const power = 10 ** Math.floor(Math.log10((2 * spanMs) / most));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => spanMs / each <= most) ?? spanMs;
  return Array.from({ length: Math.floor(spanMs / step) + 1 }, (_, index) => ({
    at: (index * step) / spanMs,
    ms: Number((index * step).toPrecision(12)),
  }));
}
