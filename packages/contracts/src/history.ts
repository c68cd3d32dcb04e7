import * as v from 'valibot';
import { pageLimits } from './page-limits.ts';
import { bounded, count, milliseconds } from './primitives.ts';

/** One visit to a page. */
export const visit = v.strictObject({
  /** Names the visit for as long as it is kept; later ones are larger. */
  id: v.pipe(count, v.minValue(1)),
  /** Wall clock, ms since 1970. */
  at: milliseconds,
  address: bounded(pageLimits.visitAddressLength),
  /** The address to be read: names and paths in their own script. */
  shownAddress: bounded(pageLimits.visitAddressLength),
  title: bounded(pageLimits.visitTitleLength),
});
export type Visit = v.InferOutput<typeof visit>;

export const historyQuery = v.strictObject({
  /** Words that are all in the title or the address; empty for every visit. */
  text: bounded(256),
  /** Only visits before this one, to read on; null for the newest. */
  before: v.nullable(count),
});
export type HistoryQuery = v.InferOutput<typeof historyQuery>;

/** Visits that one answer holds at most. */
export const mostVisitsAtOnce = 100;

export const historyPage = v.strictObject({
  /** Newest first. */
  visits: v.pipe(v.array(visit), v.maxLength(mostVisitsAtOnce)),
  /** There are older ones that match. */
  more: v.boolean(),
  /** How many there are in all, matching or not. */
  total: count,
});
export type HistoryPage = v.InferOutput<typeof historyPage>;

/** A page that was visited before, offered to a user who types. */
export const suggestion = v.strictObject({
  address: visit.entries.address,
  shownAddress: visit.entries.shownAddress,
  title: visit.entries.title,
});
export type Suggestion = v.InferOutput<typeof suggestion>;
export const mostSuggestions = 6;
