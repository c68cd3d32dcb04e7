import * as v from 'valibot';
import { fault, unavailableReason, victimKind } from './faults.ts';
import { bounded, count, milliseconds, pid } from './primitives.ts';
import { runtimeVersions } from './runtime-versions.ts';
import { tabId } from './tab-health.ts';
import { processEnd } from './tab-state.ts';

/** What one witness went through while somebody else was hurt. */
export const witnessReading = v.strictObject({
  tab: tabId,
  pidKept: v.boolean(),
  /** The document is the same, what was typed still stands there, and its counter went on. */
  stateKept: v.boolean(),
  /** Longest time between two ticks of the page's 4 ms timer; null when the page did not answer. */
  longestGapMs: v.nullable(milliseconds),
  /** The same between two of its animation's frames; null while nobody sees the page. */
  longestFrameGapMs: v.nullable(milliseconds),
  heartbeatsLost: count,
  /** Numbered messages between witnesses that never arrived. */
  messagesLost: count,
});
export type WitnessReading = v.InferOutput<typeof witnessReading>;

/** How many times as long as with no fault the witnesses' longest gap may be, at most, for a fault not to be felt. */
export const gapTarget = 1.5;

/** What may have come of a fault. */
export const outcomeParts = [
  ...processEnd.entries.kind.options,
  'hung',
  'stopped',
  'then continued',
  'then ended',
  'dialog',
  'sad frame in a living page',
  'a new port',
  'refused by the kernel',
  'nothing left',
  'every tab back',
  'harmless',
] as const;
export type OutcomePart = (typeof outcomeParts)[number] | `SIG${string}` | `code ${number}`;

/** One fault, caused once on a victim of its own with witnesses beside it. */
export const matrixCell = v.strictObject({
  fault,
  victim: victimKind,
  state: v.picklist(['not-run', 'running', 'passed', 'failed', 'unavailable']),
  unavailable: v.nullable(unavailableReason),
  /** What went wrong, for a person; null when nothing did. */
  failure: v.nullable(bounded(1024)),
  pid: v.nullable(pid),
  /**
   * Times in ms. From the fault to: the browser knows; the person sees it on the screen. Recovered: the victim, or what
   * took its place, works again, from the fault on where that happens by itself, else from the request for it (Reload,
   * End, Continue). Null where there is nothing to notice, to see or to recover from.
   */
  noticedMs: v.nullable(milliseconds),
  shownMs: v.nullable(milliseconds),
  recoveredMs: v.nullable(milliseconds),
  /** Parts of `outcomeParts`, signals and exit codes, with ', ' between them: 'killed, SIGKILL'. */
  outcome: v.nullable(bounded(64)),
  witnesses: v.array(witnessReading),
});
export type MatrixCell = v.InferOutput<typeof matrixCell>;

/** Every cell of one run, in the catalogue's order; cells that were not run are `not-run`. */
export const matrixRun = v.strictObject({
  id: bounded(64),
  /** Wall clock, ms since 1970. */
  startedAt: milliseconds,
  endedAt: v.nullable(milliseconds),
  runtime: runtimeVersions,
  /** The witnesses with no fault at all: what their gaps are to be compared with. */
  baseline: v.array(witnessReading),
  cells: v.array(matrixCell),
});
export type MatrixRun = v.InferOutput<typeof matrixRun>;

/** An earlier run that was saved. */
export const matrixRunSummary = v.strictObject({
  id: bounded(64),
  startedAt: milliseconds,
  passed: count,
  failed: count,
  unavailable: count,
});
export type MatrixRunSummary = v.InferOutput<typeof matrixRunSummary>;

export const exportFormat = v.picklist(['json', 'markdown']);
