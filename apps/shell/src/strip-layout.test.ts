import fc from 'fast-check';
import { expect, test } from 'vitest';
import { StripLayout, tabWidths } from './strip-layout.ts';

const size = fc
  .record({
    tabs: fc.integer({ min: 1, max: 10_000 }),
    share: fc.nat({ max: 100 }),
    room: fc.integer({ min: 50, max: 3000 }),
  })
  .map(({ tabs, share, room }) => ({ tabs, pinned: Math.floor((tabs * share) / 100), room }));

test('few tabs have full width, more tabs share the room, and many keep the width that a title needs', () => {
  const width = (tabs: number, pinned = 0) => new StripLayout({ tabs, pinned, room: 1000 }).tabWidth;
  expect([width(2), width(10), width(1000)]).toEqual([tabWidths.most, 100, tabWidths.least]);
  expect(width(11, 5)).toBe((1000 - 5 * tabWidths.pinned) / 6);
});

test('all tabs in view are drawn, in order, and few others are', () => {
  fc.assert(
    fc.property(size, fc.double({ min: 0, max: 1, noNaN: true }), ({ tabs, pinned, room }, part) => {
      const layout = new StripLayout({ tabs, pinned, room });
      const scrolled = part * Math.max(0, layout.width - room);
      const drawn = layout.drawn(scrolled, room);
      const isInView = (index: number) => layout.left(index + 1) > scrolled && layout.left(index) < scrolled + room;
      for (let index = 0; index < tabs; index++) if (isInView(index)) expect(drawn).toContain(index);
      expect(drawn).toEqual([...drawn].sort((one, other) => one - other));
      expect(drawn.length).toBeLessThan((room + 1000) / tabWidths.pinned + 3);
    }),
    { numRuns: 50 },
  );
});

test('a kept tab is drawn once, wherever it is', () => {
  const layout = new StripLayout({ tabs: 1000, pinned: 0, room: 800 });
  expect(layout.drawn(0, 800, 900, 900, 1)).toEqual([...layout.drawn(0, 800), 900]);
  expect(layout.drawn(50_000, 800, 0)[0]).toBe(0);
  expect(layout.drawn(0, 800, -1, 1000)).toEqual(layout.drawn(0, 800));
});

test('a tab is scrolled into view, and no further than needed', () => {
  fc.assert(
    fc.property(size, fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (strip, at, part) => {
      const layout = new StripLayout(strip);
      const index = at % strip.tabs;
      const room = Math.max(strip.room, tabWidths.most);
      const before = part * Math.max(0, layout.width - room);
      const after = layout.scrollTo(index, before, room);
      expect(layout.left(index)).toBeGreaterThanOrEqual(after - 0.001);
      expect(layout.left(index + 1)).toBeLessThanOrEqual(after + room + 0.001);
      const wasInView = layout.left(index) >= before && layout.left(index + 1) <= before + room;
      if (wasInView) expect(after).toBe(before);
    }),
  );
});
