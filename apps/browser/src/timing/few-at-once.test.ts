import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { fewAtOnce } from './few-at-once.ts';

it('does the work for all items, in order, eight at a time', async () => {
  let running = 0;
  let most = 0;
  const items = Array.from({ length: 1001 }, (_, index) => index);
  const results = await fewAtOnce(items, async (item) => {
    running += 1;
    most = Math.max(most, running);
    await turn();
    running -= 1;
    return item * 2;
  });
  expect(results).toEqual(items.map((item) => item * 2));
  expect(most).toBe(8);
});
