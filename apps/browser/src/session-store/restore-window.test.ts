import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Tab } from '../tab.ts';
import { restoreWindow } from './restore-window.ts';
import type { SavedTab } from './saved-session.ts';

const saved = (title: string): SavedTab => ({
  pinned: false,
  activeEntry: 0,
  entries: [{ address: 'about:blank', title }],
});

/** Keeps what it is given as its tabs. */
function stripOf(...titles: string[]) {
  const tabs = titles.map(saved);
  let active: SavedTab | undefined;
  const asTab = (tab: SavedTab) => tab as unknown as Tab;
  return {
    titles: () => tabs.map(({ entries }) => entries[0]?.title),
    active: () => active?.entries[0]?.title,
    restore(tab: SavedTab, index: number) {
      tabs.splice(index, 0, tab);
      return asTab(tab);
    },
    activate(tab: Tab) {
      active = tab as unknown as SavedTab;
    },
  };
}

const titlesOf = (count: number) => Array.from({ length: count }, (_, index) => `tab ${index}`);

test('every tab comes in its order, and the active one is there at once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 200 }), fc.nat(), async (count, at) => {
      const titles = titlesOf(count);
      const strip = stripOf();
      const all = restoreWindow(strip, { tabs: titles.map(saved), activeTab: at % count }, { activate: true });
      expect(strip.active()).toBe(`tab ${at % count}`);
      await all;
      expect(strip.titles()).toEqual(titles);
    }),
  );
});

test('comes in front of what was asked for, and leaves that active', async () => {
  const strip = stripOf('asked for');
  await restoreWindow(strip, { tabs: titlesOf(3).map(saved), activeTab: 1 }, { activate: false });
  expect(strip.titles()).toEqual(['tab 0', 'tab 1', 'tab 2', 'asked for']);
  expect(strip.active()).toBeUndefined();
});

test('lets others have their turn when there are many', async () => {
  const strip = stripOf();
  const slow = {
    ...strip,
    restore(tab: SavedTab, index: number) {
      const until = performance.now() + 1;
      while (performance.now() < until);
      return strip.restore(tab, index);
    },
  };
  let turns = 0;
  const others = setInterval(() => turns++, 0);
  await restoreWindow(slow, { tabs: titlesOf(100).map(saved), activeTab: 0 }, { activate: true });
  clearInterval(others);
  expect(strip.titles()).toHaveLength(100);
  expect(turns).toBeGreaterThan(5);
});
