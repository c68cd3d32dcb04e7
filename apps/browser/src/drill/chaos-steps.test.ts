import { faults, rowOf } from '@bulkhead/contracts';
import { expect, test } from 'vitest';
import { chaosFaults } from './chaos-steps.ts';

test('the random run causes every fault that does not end the whole app', () => {
  const survivable = faults.filter((fault) => rowOf(fault).expects.by !== 'program');
  expect(chaosFaults.map(([fault]) => fault).sort()).toEqual(survivable.sort());
});
