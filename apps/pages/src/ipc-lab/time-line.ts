import type { LessonEvent } from '@bulkhead/contracts';

/** Where an event stands, in shares of the whole: 0 to 1 from left to right. */
export interface Mark {
  event: LessonEvent;
  /** Index of its lane. */
  lane: number;
  from: number;
  to: number;
  /** Lane that a message goes to. */
  toLane: number | undefined;
}

export interface TimeLineLayout {
  lanes: readonly string[];
  marks: readonly Mark[];
  /** Times worth a line, ms since the beginning. */
  ticks: readonly { at: number; ms: number }[];
  /** How long all of it took, ms. */
  spanMs: number;
  /** Events that were left out: the oldest. */
  hidden: number;
}

/** Most events that are drawn at once. */
const maximumMarks = 600;

const momentUs = 1000;

/** Places events on lanes, one for each process, by their real times. `lastMs` keeps only the newest so many. */
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
  // Of a single moment: as much as is worth a scale.
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

/** Round times within a span, from about half as many as there may be on. */
function ticksOf(spanMs: number, most: number): { at: number; ms: number }[] {
  const power = 10 ** Math.floor(Math.log10((2 * spanMs) / most));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => spanMs / each <= most) ?? spanMs;
  return Array.from({ length: Math.floor(spanMs / step) + 1 }, (_, index) => ({
    at: (index * step) / spanMs,
    ms: Number((index * step).toPrecision(12)),
  }));
}
