import type { TabState } from '@bulkhead/contracts';
import { expect, test } from 'vitest';
import { OpenTabs } from './open-tabs.svelte.ts';

const tab = (id: number, title: string) => ({ id, title, address: `https://example.org/${id}` }) as TabState;
const order = (...tabs: number[]) => ({ tabs, pinned: 0 });

test('knows a tab from the piece that has its state until the order no longer names it', () => {
  const open = new OpenTabs();
  open.take({ order: order(1, 2), tabs: [tab(2, 'two')], changed: [] });
  expect([open.order.tabs, open.get(1), open.get(2)]).toEqual([[1, 2], undefined, tab(2, 'two')]);
  expect(open.at(0)).toMatchObject({ id: 1, title: '', pinned: false });
  open.take({ order: null, tabs: [tab(1, 'one')], changed: [] });
  expect(open.at(0)).toEqual(tab(1, 'one'));
  open.take({ order: order(1), tabs: [], changed: [] });
  expect([...open.all]).toEqual([tab(1, 'one')]);
});

test('applies the fields that differ, and returns the changed tabs', () => {
  const open = new OpenTabs();
  open.take({ order: order(1, 2), tabs: [tab(1, 'one'), tab(2, 'two')], changed: [] });
  const told = open.take({
    order: null,
    tabs: [],
    changed: [
      { id: 2, title: 'other' },
      { id: 9, title: 'unknown' },
    ],
  });
  expect(told).toEqual([tab(2, 'other')]);
  expect([...open.all]).toEqual([tab(1, 'one'), tab(2, 'other')]);
});
