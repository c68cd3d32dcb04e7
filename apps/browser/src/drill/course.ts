import type { Fault, OutcomePart, ProcessEnd } from '@bulkhead/contracts';
import type { Tab } from '../tabs/tab.ts';
import type { DrillTarget } from './drill-target.ts';

/** Course of a fault for its victim. The times have the units and origins of `matrixCell`. */
export interface Course {
  pid: number;
  noticedMs: number | null;
  shownMs: number | null;
  recoveredMs: number | null;
  /** As in `matrixCell`. */
  outcome: string;
}

/** Longest wait for a fault to end a process, ms: it may have to fill memory first, which keeps the machine busy. */
export const enduringMs = 60_000;
/** How long a harmless fault is watched, ms. */
export const uneventfulMs = 1500;

export const outcomeOf = (...parts: OutcomePart[]): string => parts.join(', ');

export const describe = ({ kind, signal, exitCode }: ProcessEnd) =>
  [kind, signal ?? (exitCode === null ? '' : `code ${exitCode}`)].filter(Boolean).join(', ');

/** Causes a fault. Returns the time before it, performance.now(). Throws if it could not be caused. */
export async function cause(target: DrillTarget, fault: Fault, tab?: Tab): Promise<number> {
  const startedAt = performance.now();
  const result = await target.faults.cause(fault, tab);
  if (!result.ok) throw new Error(`the fault could not be caused: ${result.reason}`);
  return startedAt;
}
