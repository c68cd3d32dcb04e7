import type { FaultOffer } from '@bulkhead/contracts';
import { expect, test } from 'vitest';
import { matrixRows, victimsOf, wayOf } from './matrix-rows.ts';

const offers: FaultOffer[] = [
  { fault: 'tab-kill', victim: 'tab', unavailable: null },
  { fault: 'tab-dead-frame', victim: 'tab', unavailable: null },
  { fault: 'plugin-kill', victim: 'plugin', unavailable: null },
  { fault: 'browser-exception', victim: 'browser', unavailable: 'ends-the-program' },
];

test('has a row for each way of breaking, and a column for each victim', () => {
  expect(wayOf('tab-dead-frame', 'tab')).toBe('dead-frame');
  expect(victimsOf(offers)).toEqual(['tab', 'plugin', 'browser']);
  expect(matrixRows(offers).map(({ way, faults }) => [way, [...faults.keys()]])).toEqual([
    ['kill', ['tab', 'plugin']],
    ['dead-frame', ['tab']],
    ['exception', ['browser']],
  ]);
});
