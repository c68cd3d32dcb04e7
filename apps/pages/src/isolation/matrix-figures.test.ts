import type { MatrixCell, MatrixRun, WitnessReading } from '@bulkhead/contracts';
import { expect, test } from 'vitest';
import { changeOf, countsOf, earlierGap, figuresOf, scaleEnd } from './matrix-figures.ts';

const witness = (more: Partial<WitnessReading> = {}): WitnessReading => ({
  tab: 1,
  pidKept: true,
  stateKept: true,
  longestGapMs: 5,
  longestFrameGapMs: null,
  heartbeatsLost: 0,
  messagesLost: 0,
  ...more,
});
const cell = (
  fault: MatrixCell['fault'],
  state: MatrixCell['state'],
  witnesses: WitnessReading[] = [],
): MatrixCell => ({
  fault,
  victim: 'tab',
  state,
  unavailable: null,
  failure: null,
  pid: null,
  noticedMs: null,
  shownMs: null,
  recoveredMs: null,
  outcome: null,
  witnesses,
});
const run = (...cells: MatrixCell[]): MatrixRun => ({
  id: 'a',
  startedAt: 0,
  endedAt: null,
  runtime: { bulkhead: '', electron: '', chromium: '', node: '' },
  baseline: [],
  cells,
});

test('sums up witnesses: the longest gap, all losses, and whether all kept process and state', () => {
  expect(figuresOf([witness({ longestGapMs: 9 }), witness({ longestGapMs: null, messagesLost: 2 })])).toEqual({
    longestGapMs: 9,
    messagesLost: 2,
    heartbeatsLost: 0,
    pidsKept: true,
    statesKept: true,
  });
  expect(figuresOf([witness(), witness({ stateKept: false })])?.statesKept).toBe(false);
  expect(figuresOf([])).toBeNull();
});

test('counts the cells that were run and those that can be', () => {
  const cells = [cell('tab-kill', 'passed'), cell('tab-stop', 'failed'), cell('browser-kill', 'unavailable')];
  expect(countsOf(run(...cells, cell('tab-leak', 'not-run')))).toEqual({
    passed: 1,
    failed: 1,
    unavailable: 1,
    done: 2,
    total: 3,
  });
});

test('compares a cell with the same cell of an earlier run', () => {
  const earlier = run(cell('tab-kill', 'failed', [witness({ longestGapMs: 7 })]), cell('tab-stop', 'not-run'));
  expect(changeOf(cell('tab-kill', 'passed'), earlier)).toBe('better');
  expect(changeOf(cell('tab-kill', 'failed'), earlier)).toBe('same');
  expect(changeOf(cell('tab-stop', 'passed'), earlier)).toBe('new');
  expect(changeOf(cell('tab-kill', 'running'), earlier)).toBeNull();
  expect(changeOf(cell('tab-kill', 'passed'), null)).toBeNull();
  expect(earlierGap('tab-kill', earlier)).toBe(7);
  expect(earlierGap('tab-leak', earlier)).toBeNull();
});

test.each([
  [[], 1],
  [[3], 5],
  [[11, 7], 20],
  [[500], 500],
  [[501], 1000],
])('a scale for %j ends at %d', (values, end) => {
  expect(scaleEnd(values)).toBe(end);
});
