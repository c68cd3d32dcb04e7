import { expect, test } from 'vitest';
import { offers } from '../faults/catalogue.ts';
import { chaosFaults } from './chaos-steps.ts';
import { expectations } from './expectations.ts';

test('the random run causes every fault of the catalogue that does not end the program', () => {
  const survivable = offers().filter(({ fault }) => expectations[fault]?.by !== 'program');
  expect(chaosFaults.map(([fault]) => fault).sort()).toEqual(survivable.map(({ fault }) => fault).sort());
});
