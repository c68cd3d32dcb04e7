import { faultsOf } from '@bulkhead/contracts';
import { expect, test } from 'vitest';
import { faultGroups } from './fault-groups.ts';

test('the menu offers every fault of a tab, once', () => {
  expect(faultGroups.flatMap(({ faults }) => [...faults]).sort()).toEqual(faultsOf('tab').sort());
});
