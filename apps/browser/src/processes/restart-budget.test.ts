import { expect, test } from 'vitest';
import { RestartBudget } from './restart-budget.ts';

test('allows three restarts with growing delays, then none, and starts over after five minutes', () => {
  let now = 0;
  const budget = new RestartBudget({ restarts: 3, withinMs: 300_000, firstDelayMs: 100 }, () => now);
  expect([budget.take(), budget.take(), budget.take(), budget.take()]).toEqual([100, 200, 400, undefined]);
  now = 299_999;
  expect(budget.take()).toBeUndefined();
  now = 300_000;
  expect(budget.take()).toBe(100);
});

test('starts over when the user asks for it', () => {
  const budget = new RestartBudget({ restarts: 1, withinMs: 1000, firstDelayMs: 1 }, () => 0);
  budget.take();
  expect(budget.take()).toBeUndefined();
  budget.reset();
  expect(budget.take()).toBe(1);
});
