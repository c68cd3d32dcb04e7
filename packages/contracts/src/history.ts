import * as v from 'valibot';
import { pageLimits } from './page-limits.ts';
import { bounded, count, milliseconds } from './primitives.ts';

/** One visit to a page. */
export const visit = v.strictObject({
  /** Identifies the visit as long as it is kept; later visits have larger numbers. */
  id: v.pipe(count, v.minValue(1)),
  /** Wall clock, ms since 1970. */
  at: milliseconds,
  address: bounded(pageLimits.visitAddressLength),
  /** The address for display: names and paths in their own script. */
  shownAddress: bounded(pageLimits.visitAddressLength),
  title: bounded(pageLimits.visitTitleLength),
});
export type Visit = v.InferOutput<typeof visit>;

export const historyQuery = v.strictObject({
  /** Words that must all be in the title or the address; empty for every visit. */
  text: bounded(256),
  /** Return only visits before this one, for the next portion; null for the newest. */
  before: v.nullable(count),
});
export type HistoryQuery = v.InferOutput<typeof historyQuery>;

/** Most visits in one answer. */
export const mostVisitsAtOnce = 100;

export const historyPage = v.strictObject({
  /** Newest first. */
  visits: v.pipe(v.array(visit), v.maxLength(mostVisitsAtOnce)),
  /** Whether there are older visits that match. */
  more: v.boolean(),
  /** Number of all visits, matching or not. */
  total: count,
});
export type HistoryPage = v.InferOutput<typeof historyPage>;

/** A visited page, suggested while the user types. */
export const suggestion = v.strictObject({
  address: visit.entries.address,
  shownAddress: visit.entries.shownAddress,
  title: visit.entries.title,
});
export type Suggestion = v.InferOutput<typeof suggestion>;
export const mostSuggestions = 6;
