import type { Fault, MatrixCell, MatrixRun, WitnessReading } from '@bulkhead/contracts';

/** Combined figures of all witnesses of a cell. */
export interface WitnessFigures {
  longestGapMs: number | null;
  messagesLost: number;
  heartbeatsLost: number;
  pidsKept: boolean;
  statesKept: boolean;
}

/** Combines the readings of witnesses; null without witnesses. */
export function figuresOf(witnesses: readonly WitnessReading[]): WitnessFigures | null {
  if (witnesses.length === 0) return null;
  const gaps = witnesses.flatMap(({ longestGapMs }) => (longestGapMs === null ? [] : [longestGapMs]));
  return {
    longestGapMs: gaps.length > 0 ? Math.max(...gaps) : null,
    messagesLost: witnesses.reduce((sum, { messagesLost }) => sum + messagesLost, 0),
    heartbeatsLost: witnesses.reduce((sum, { heartbeatsLost }) => sum + heartbeatsLost, 0),
    pidsKept: witnesses.every(({ pidKept }) => pidKept),
    statesKept: witnesses.every(({ stateKept }) => stateKept),
  };
}

export interface RunCounts {
  passed: number;
  failed: number;
  unavailable: number;
  /** Number of cells that have been run; `total`: of those that can be. */
  done: number;
  total: number;
}

export function countsOf({ cells }: MatrixRun): RunCounts {
  const count = (state: MatrixCell['state']) => cells.filter((cell) => cell.state === state).length;
  const [passed, failed, unavailable] = [count('passed'), count('failed'), count('unavailable')];
  return { passed, failed, unavailable, done: passed + failed, total: cells.length - unavailable };
}

export type Change = 'same' | 'better' | 'worse' | 'new';

/** Compares a cell with the same cell of an earlier run, by whether it passed. */
export function changeOf(cell: MatrixCell, earlier: MatrixRun | null): Change | null {
  if (!earlier || (cell.state !== 'passed' && cell.state !== 'failed')) return null;
  const before = earlier.cells.find(({ fault }) => fault === cell.fault);
  if (!before || (before.state !== 'passed' && before.state !== 'failed')) return 'new';
  if (before.state === cell.state) return 'same';
  return cell.state === 'passed' ? 'better' : 'worse';
}

/** Returns the witnesses' longest gap in an earlier run, for a mark beside the new one. */
export function earlierGap(fault: Fault, earlier: MatrixRun | null): number | null {
  const cell = earlier?.cells.find((each) => each.fault === fault);
  return cell ? (figuresOf(cell.witnesses)?.longestGapMs ?? null) : null;
}

/** Returns the end of a scale for bars, ms: the next round number that is not below any value. */
export function scaleEnd(values: readonly number[]): number {
  const largest = Math.max(1, ...values);
  const power = 10 ** Math.floor(Math.log10(largest));
  return [1, 2, 5, 10].map((step) => step * power).find((end) => end >= largest) ?? largest;
}
