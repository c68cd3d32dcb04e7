import { expect, it } from 'vitest';
import { allPassed, type Result, report, settle, total } from './result.ts';

const result = (passed: number, failed: number): Result => ({
  name: 'x',
  passed,
  failed,
  skipped: 0,
  output: 'what it said',
  seconds: 1,
});

it('sums up the counts of all runners', () => {
  expect(total([result(3, 0), result(4, 2)])).toBe('7 passed, 2 failed');
  expect(total([])).toBe('0 passed, 0 failed');
});

it('passes if nothing failed', () => {
  expect(allPassed([result(3, 0)])).toBe(true);
  expect(allPassed([result(3, 0), result(9, 1)])).toBe(false);
});

it('shows the output of a runner only if something failed', () => {
  expect(report(result(1, 0))).toBe('✓ x: 1 passed (1.0 s)\n');
  expect(report(result(1, 1))).toContain('what it said\n✗ x: 1 passed, 1 failed');
});

it('counts a runner without a report as failed', () => {
  expect(settle(undefined, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

it('counts a runner that failed without a failed test as failed', () => {
  expect(settle({ passed: 5, failed: 0, skipped: 0 }, 1)).toEqual({ passed: 5, failed: 1, skipped: 0 });
  expect(settle({ passed: 5, failed: 0, skipped: 0 }, null)).toEqual({ passed: 5, failed: 1, skipped: 0 });
  expect(settle({ passed: 5, failed: 2, skipped: 0 }, 1)).toEqual({ passed: 5, failed: 2, skipped: 0 });
});

it('counts a runner that ran no test as failed', () => {
  expect(settle({ passed: 0, failed: 0, skipped: 7 }, 0)).toEqual({ passed: 0, failed: 1, skipped: 7 });
});

it('keeps the counts of a runner that succeeded', () => {
  expect(settle({ passed: 5, failed: 0, skipped: 1 }, 0)).toEqual({ passed: 5, failed: 0, skipped: 1 });
});
