import * as v from 'valibot';
import { fault, unavailableReason, victimKind } from './faults.ts';
import { bounded, count, milliseconds, pid } from './primitives.ts';
import { runtimeVersions } from './runtime-versions.ts';
import { tabId } from './tab-health.ts';
import { processEnd } from './tab-state.ts';

/** Measurements of one witness while the victim suffered a fault. */
export const witnessReading = v.strictObject({
  tab: tabId,
  pidKept: v.boolean(),
  /** Whether the document is the same, the typed text is still there, and its counter went on. */
  stateKept: v.boolean(),
  /** Longest time between two ticks of the page's 4 ms timer; null when the page did not answer. */
  longestGapMs: v.nullable(milliseconds),
  /** Longest time between two of its animation frames; null while the page is hidden. */
  longestFrameGapMs: v.nullable(milliseconds),
  heartbeatsLost: count,
  /** Number of messages between witnesses that never arrived. */
  messagesLost: count,
});
export type WitnessReading = v.InferOutput<typeof witnessReading>;

/** Largest ratio of the witnesses' longest gap to that without a fault at which the fault counts as not felt. */
export const gapTarget = 1.5;

/** Possible outcomes of a fault. */
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

/** One fault, caused once on its own victim with witnesses beside it. */
export const matrixCell = v.strictObject({
  fault,
  victim: victimKind,
  state: v.picklist(['not-run', 'running', 'passed', 'failed', 'unavailable']),
  unavailable: v.nullable(unavailableReason),
  /** Reason of a failure, as a text for the user; null without a failure. */
  failure: v.nullable(bounded(1024)),
  pid: v.nullable(pid),
  /**
   * Times in ms. `noticedMs`: from the fault until the browser knows. `shownMs`: from the fault until the user sees it
   * on the screen. `recoveredMs`: until the victim or its replacement works again, counted from the fault if recovery
   * is automatic, otherwise from the request (Reload, End, Continue). Null if there is nothing to notice, to see or to
   * recover from.
   */
  noticedMs: v.nullable(milliseconds),
  shownMs: v.nullable(milliseconds),
  recoveredMs: v.nullable(milliseconds),
  /** Parts of `outcomeParts`, signals and exit codes, with ', ' between them: 'killed, SIGKILL'. */
  outcome: v.nullable(bounded(64)),
  witnesses: v.array(witnessReading),
});
export type MatrixCell = v.InferOutput<typeof matrixCell>;

/** One run of the matrix. It has every cell, in the catalogue's order; cells that were not run are `not-run`. */
export const matrixRun = v.strictObject({
  id: bounded(64),
  /** Wall clock, ms since 1970. */
  startedAt: milliseconds,
  endedAt: v.nullable(milliseconds),
  runtime: runtimeVersions,
  /** The witnesses without any fault, for comparison. */
  baseline: v.array(witnessReading),
  cells: v.array(matrixCell),
});
export type MatrixRun = v.InferOutput<typeof matrixRun>;

/** Summary of a saved run. */
export const matrixRunSummary = v.strictObject({
  id: bounded(64),
  startedAt: milliseconds,
  passed: count,
  failed: count,
  unavailable: count,
});
export type MatrixRunSummary = v.InferOutput<typeof matrixRunSummary>;

export const exportFormat = v.picklist(['json', 'markdown']);
