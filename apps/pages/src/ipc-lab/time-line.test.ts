import type { LessonEvent } from '@bulkhead/contracts';
import { expect, test } from 'vitest';
import { layOut } from './time-line.ts';

const event = (actor: string, startUs: number, endUs: number, to: string | null = null): LessonEvent => ({
  actor,
  kind: to ? 'message' : 'call',
  text: 'x',
  result: null,
  values: {},
  startUs,
  endUs,
  to,
});

test('places events by their times, with one lane per process', () => {
  const { lanes, marks, spanMs, ticks } = layOut([event('a', 1000, 3000), event('b', 2000, 5000)], ['a', 'b', 'c']);
  expect(lanes).toEqual(['a', 'b', 'c']);
  expect(marks.map(({ lane, from, to }) => ({ lane, from, to }))).toEqual([
    { lane: 0, from: 0, to: 0.5 },
    { lane: 1, from: 0.25, to: 1 },
  ]);
  expect(spanMs).toBe(4);
  expect(ticks.map(({ ms }) => ms)).toEqual([0, 1, 2, 3, 4]);
});

test.each([4, 5, 6, 8])('has round times, at least two and in at most %i parts', (mostTicks) => {
  for (const span of [1, 7, 99, 100, 101, 512, 999, 4321]) {
    const { ticks } = layOut([event('a', 0, span * 1000)], ['a'], { mostTicks });
    expect(ticks.length, `${span} ms`).toBeLessThanOrEqual(mostTicks + 1);
    expect(ticks.length, `${span} ms`).toBeGreaterThanOrEqual(2);
  }
});

test('a message goes from one lane to another', () => {
  const { marks } = layOut([event('a', 0, 10, 'b'), event('b', 10, 20)], ['a', 'b']);
  expect(marks[0]).toMatchObject({ lane: 0, toLane: 1 });
});

test('keeps the newest events when there are too many, and counts the others', () => {
  const events = Array.from({ length: 1000 }, (_, index) => event('a', index * 1000, index * 1000 + 500));
  expect(layOut(events, ['a'])).toMatchObject({ hidden: 400 });
  const recent = layOut(events, ['a'], { lastMs: 10 });
  expect(recent.marks.length).toBeLessThan(12);
  expect(recent.spanMs).toBeLessThanOrEqual(11);
});

test('places nothing without events', () => {
  expect(layOut([], ['a'])).toEqual({ lanes: ['a'], marks: [], ticks: [], spanMs: 0, hidden: 0 });
});

test('gives a single moment a scale of 1 ms', () => {
  const { spanMs, marks } = layOut([event('a', 5000, 5000)], ['a']);
  expect(spanMs).toBe(1);
  expect(marks).toMatchObject([{ from: 0, to: 0 }]);
});
