import { expect, test } from 'vitest';
import { spinUntil } from './spin.ts';

test('checks until the condition holds, and runs the event loop between stretches', async () => {
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
