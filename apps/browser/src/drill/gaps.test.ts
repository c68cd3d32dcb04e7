import type { Fault, MatrixCell } from '@bulkhead/contracts';
import { expect, test } from 'vitest';
import { gapRatio, gapVerdict, joined } from './gaps.ts';

const reading = (tab: number, longestGapMs: number | null, lost = 0) => ({
  tab,
  pidKept: true,
  stateKept: true,
  longestGapMs,
  longestFrameGapMs: null,
  heartbeatsLost: lost,
  messagesLost: lost,
});

test('the ratio compares the longest gap of any witness with the longest gap without a fault', () => {
  expect(gapRatio([reading(1, 6), reading(2, 18)], [reading(1, 12), reading(2, 9)])).toBe(1.5);
  expect(gapRatio([reading(1, null)], [reading(1, 12)])).toBeNull();
  expect(gapRatio([reading(1, 6)], [])).toBeNull();
});

test('two observations without a fault count as one longer observation', () => {
  expect(joined([reading(1, 5, 1), reading(2, null)], [reading(2, 7), reading(1, 9, 2)])).toEqual([
    reading(1, 9, 3),
    reading(2, 7),
  ]);
});

const cell = (fault: Fault, gapMs: number | null) => ({ fault, witnesses: [reading(1, gapMs)] }) as MatrixCell;
const baseline = [reading(1, 10)];

test('the verdict names the faults with the longest gaps', () => {
  expect(gapVerdict({ baseline, cells: [cell('tab-kill', 11), cell('zygote-kill', null)] })).toBe(
    "During 1 of 1 faults the witnesses' longest gap was at most 1.5 times the longest gap without a fault.",
  );
  expect(gapVerdict({ baseline, cells: [cell('tab-kill', 15), cell('gpu-kill', 34.4), cell('gpu-hang', 40)] })).toBe(
    "During 1 of 3 faults the witnesses' longest gap was at most 1.5 times the longest gap without a fault; " +
      'it was longer during gpu-hang (4.0 times), gpu-kill (3.4 times).',
  );
});
