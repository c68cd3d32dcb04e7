import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { everySecond } from './every-second.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('looks share one timer, which runs while there is at least one', () => {
  const counts = { one: 0, other: 0 };
  const stops = [everySecond(() => (counts.one += 1)), everySecond(() => (counts.other += 1))];
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(2000);
  stops[0]?.();
  vi.advanceTimersByTime(1000);
  expect(counts).toEqual({ one: 2, other: 3 });
  stops[1]?.();
  expect(vi.getTimerCount()).toBe(0);
});

test('a look that throws is logged once, and does not stop the others', () => {
  const printed = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  let others = 0;
  const stops = [
    everySecond(() => {
      throw new Error('the frame has gone');
    }),
    everySecond(() => (others += 1)),
  ];
  vi.advanceTimersByTime(3000);
  expect(others).toBe(3);
  expect(printed.mock.calls.map(String)).toEqual([expect.stringContaining('Error: the frame has gone')]);
  for (const stop of stops) stop();
});
