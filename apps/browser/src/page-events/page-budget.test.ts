import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventCost, mostCost } from './event-cost.ts';
import { eventBounds, PageBudget } from './page-budget.ts';

function budget() {
  let now = 0;
  return {
    budget: new PageBudget(eventBounds, () => now),
    pass: (ms: number) => {
      now += ms;
    },
  };
}

test('a page that loads hundreds of frames, or changes a few times per display frame, stays within its budget', () => {
  const { budget: page, pass } = budget();
  for (let event = 0; event < 1500; event++) expect(page.spend(1)).toBe(true);
  pass(5000);
  for (let frame = 0; frame < 3600; frame++) {
    for (let event = 0; event < 5; event++) expect(page.spend(1)).toBe(true);
    pass(1000 / 60);
  }
});

test('a page that floods exceeds its budget at once, and may continue within three seconds after its last event', () => {
  const { budget: page, pass } = budget();
  let spent = 0;
  while (page.spend(1)) spent += 1;
  expect(spent).toBeLessThan(4000);
  for (let event = 0; event < 100_000; event++) page.spend(1);
  expect(page.waitMs).toBeGreaterThan(0);
  expect(page.waitMs).toBeLessThan(3000);
  pass(page.waitMs);
  expect(page.waitMs).toBe(0);
});

test('no page gets more than its burst and its rate', () => {
  const step = fc.record({
    ms: fc.nat({ max: 2000 }),
    events: fc.nat({ max: 500 }),
    cost: fc.double({ min: 1, max: 1000, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const { budget: page, pass } = budget();
      let elapsedMs = 0;
      let spent = 0;
      for (const { ms, events, cost } of steps) {
        pass(ms);
        elapsedMs += ms;
        for (let event = 0; event < events && page.waitMs === 0; event++) {
          page.spend(cost);
          spent += cost;
        }
      }
      // The last event of each run may be larger than the rest of the budget.
      expect(spent).toBeLessThan(3100 + 0.4 * elapsedMs + 1000 * (steps.length + 1));
    }),
  );
});

test('navigations of frames that never finish cost more than those that do', () => {
  const navigate = (page: PageBudget, name: string) => page.spend(eventCost(name, [{}]));
  const { budget: honest } = budget();
  for (let frame = 0; frame < 300; frame++) {
    expect(navigate(honest, 'did-start-navigation')).toBe(true);
    expect(navigate(honest, 'did-frame-navigate')).toBe(true);
  }
  const { budget: hostile } = budget();
  let started = 0;
  while (navigate(hostile, 'did-start-navigation')) started += 1;
  expect(started).toBeLessThan(300);
});

test('a returned cost never makes a budget larger than its burst', () => {
  const { budget: page } = budget();
  for (let event = 0; event < 10_000; event++) page.spend(-8);
  let spent = 0;
  while (page.spend(1)) spent += 1;
  expect(spent).toBeLessThanOrEqual(eventBounds.burst);
});

test('the content of an event counts, too', () => {
  expect(eventCost('event', [{}, 'a title', true])).toBeLessThan(2);
  expect(eventCost('event', [{}, 'x'.repeat(1_900_000)])).toBeGreaterThan(4000);
  expect(eventCost('event', [{}, Array.from({ length: 5000 }, () => 'x'.repeat(2000))])).toBeGreaterThan(1000);
  expect(eventCost('event', [{}, []])).toBe(1);
  expect(eventCost('event', [{}, 'x'.repeat(50_000_000)])).toBe(mostCost);
});

test('a page that makes the browser keep megabytes waits for seconds after each', () => {
  const { budget: page } = budget();
  for (let event = 0; event < 10; event++) page.spend(eventCost('event', ['x'.repeat(1_900_000)]));
  expect(page.waitMs).toBeGreaterThan(5000);
  expect(page.waitMs).toBeLessThan(20_000);
});
