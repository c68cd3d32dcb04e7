import { expect, test } from 'vitest';
import { placeParts } from './parts-layout.ts';

const part = (id: string, shape: 'process' | 'memory' = 'process') => ({ id, shape, label: id, pid: null, lines: [] });
const link = (from: string, to: string) => ({ from, to, label: '', both: true });
const rowOf = (figure: Parameters<typeof placeParts>[0]) =>
  Object.fromEntries(placeParts(figure).placed.map(({ part, y }) => [part.id, y]));

test('processes stand above the objects that connect them', () => {
  const row = rowOf({ parts: [part('m', 'memory'), part('a'), part('b')], links: [link('a', 'm'), link('b', 'm')] });
  expect(row.a).toBe(row.b);
  expect(row.m).toBeGreaterThan(row.a ?? 0);
});

test('a hub stands above the processes linked to it, and two linked processes side by side', () => {
  const star = rowOf({ parts: [part('a'), part('hub'), part('b')], links: [link('hub', 'a'), link('b', 'hub')] });
  expect(star.hub).toBeLessThan(star.a ?? 0);
  expect(star.a).toBe(star.b);
  const pair = rowOf({ parts: [part('a'), part('b')], links: [link('a', 'b')] });
  expect(pair.a).toBe(pair.b);
  const ring = rowOf({
    parts: [part('a'), part('b'), part('c')],
    links: [link('a', 'b'), link('b', 'c'), link('c', 'a')],
  });
  expect(new Set(Object.values(ring)).size).toBe(1);
});

test('no part overlaps another', () => {
  const { placed, width, height } = placeParts({
    parts: [part('hub'), part('a'), part('b'), part('c'), part('m', 'memory')],
    links: [link('hub', 'a'), link('hub', 'b'), link('hub', 'c')],
  });
  for (const one of placed) {
    expect(one.x >= 0 && one.x + one.width <= width && one.y >= 0 && one.y + one.height <= height).toBe(true);
    for (const other of placed) {
      if (one === other) continue;
      const apart = one.x + one.width <= other.x || other.x + other.width <= one.x || one.y + one.height <= other.y;
      expect(apart || other.y + other.height <= one.y).toBe(true);
    }
  }
});
