import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Coalesced } from './coalesced.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'setImmediate', 'performance'] }));
afterEach(() => void vi.useRealTimers());

test('runs at once, and once again for any number of requests after that', () => {
  let runs = 0;
  const coalesced = new Coalesced(() => {
    runs += 1;
  }, 100);
  for (let request = 0; request < 1000; request++) coalesced.request();
  expect(runs).toBe(1);
  vi.advanceTimersByTime(200);
  expect(runs).toBe(2);
});

test('runs at most once in a period, and always after the last request', () => {
  const runsAt: number[] = [];
  const coalesced = new Coalesced(() => runsAt.push(performance.now()), 100);
  const startedAt = performance.now();
  for (let ms = 0; ms < 1000; ms++) {
    coalesced.request();
    vi.advanceTimersByTime(1);
  }
  vi.advanceTimersByTime(200);
  expect(runsAt.length).toBeLessThanOrEqual(11);
  for (const [index, at] of runsAt.entries())
    if (index > 0) expect(at - (runsAt[index - 1] ?? 0)).toBeGreaterThanOrEqual(99);
  expect(runsAt.at(-1)).toBeGreaterThan(startedAt + 999);
  const before = runsAt.length;
  vi.advanceTimersByTime(10_000);
  expect(runsAt).toHaveLength(before);
});
