import { expect, test } from 'vitest';
import { spinUntil } from './spin.ts';

test('looks until it holds, and lets the process be told things between stretches', async () => {
  let turns = 0;
  const actor = {
    turn: async () => {
      turns += 1;
    },
  };
  let looks = 0;
  await spinUntil(actor, () => ++looks > 5);
  expect({ turns, looks }).toEqual({ turns: 0, looks: 6 });
  await spinUntil(actor, () => turns === 3, 1);
  expect(turns).toBe(3);
});
