import { faults } from '@bulkhead/contracts';
import { expect, test } from 'vitest';
import { debugAddress } from './debug-addresses.ts';

test.each([
  ['bulkhead://crash', 'tab-segmentation-fault'],
  ['  BULKHEAD://Kill/ ', 'tab-kill'],
  ['bulkhead://gpuhang', 'gpu-hang'],
  ['bulkhead://browser-kill', 'browser-kill'],
  ['bulkhead://zygotekill', 'zygote-kill'],
])('%j is %s', (typed, fault) => {
  expect(debugAddress(typed)).toEqual({ by: 'bulkhead', fault });
});

test('every fault of a tab has its name as an address', () => {
  for (const fault of faults) expect(debugAddress(`bulkhead://${fault}`)).toEqual({ by: 'bulkhead', fault });
});

test("Chromium's own debug addresses are passed on where they work", () => {
  expect(debugAddress('chrome://crash')).toEqual({ by: 'chromium', address: 'chrome://crash/' });
  expect(debugAddress('chrome://shorthang')).toEqual({ by: 'chromium', address: 'chrome://shorthang/' });
  expect(debugAddress('chrome://gpu')).toBeUndefined();
});

test.each(['bulkhead://newtab', 'bulkhead://isolation/', 'https://crash', 'bulkhead://crash/page', 'crash'])(
  '%j is an ordinary address',
  (typed) => {
    expect(debugAddress(typed)).toBeUndefined();
  },
);
