import { expect, test } from 'vitest';
import { faults, rowOf } from './faults.ts';

test('a random run causes every fault, except those that end the whole app', () => {
  for (const fault of faults) {
    const { expects, weight } = rowOf(fault);
    expect({ fault, isRandom: weight !== undefined }).toEqual({ fault, isRandom: expects.by !== 'program' });
  }
});
