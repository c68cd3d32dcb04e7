import { expect, test } from 'vitest';
import { ClosedTabs } from './closed-tabs.ts';

const closed = (title: string) => ({
  index: 0,
  saved: { pinned: false, activeEntry: 0, entries: [{ address: 'about:blank', title }] },
});

test('returns the tab that was closed last, and no tab twice', () => {
  const tabs = new ClosedTabs();
  tabs.add(closed('one'));
  tabs.add(closed('two'));
  expect([tabs.take(), tabs.take(), tabs.take()]).toEqual([closed('two'), closed('one'), undefined]);
});

test('forgets the oldest tabs above the limit', () => {
  const tabs = new ClosedTabs();
  for (let number = 0; number < 30; number++) tabs.add(closed(String(number)));
  expect(tabs.size).toBe(25);
  let last: unknown;
  while (tabs.size > 0) last = tabs.take();
  expect(last).toEqual(closed('5'));
});
