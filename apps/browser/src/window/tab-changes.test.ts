import type { TabState, WindowChange } from '@bulkhead/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { healthy } from '../tabs/tab-health.ts';
import { pieceLimits, TabChanges } from './tab-changes.ts';

const stateOf = (id: number, title: string, pinned = false): TabState => ({
  id,
  title,
  address: `https://example.org/${id}`,
  shownAddress: `https://example.org/${id}`,
  favicon: null,
  internal: false,
  loading: false,
  pinned,
  canGoBack: false,
  canGoForward: false,
  pid: null,
  sharesProcessWith: [],
  ended: null,
  failed: null,
  responsive: true,
  heartbeat: { answered: 0, lost: 0, longestGapMs: 0 },
  ...healthy,
});

interface TestTab {
  id: number;
  pinned: boolean;
  state: TabState;
}

/** A strip whose tabs the test changes, and one reader of it. */
function stripOf(count: number) {
  const tabs: TestTab[] = [];
  const active = { index: 0 };
  const changes = new TabChanges<TestTab>({
    list: () => tabs,
    activeIndex: () => active.index,
    state: (tab) => tab.state,
  });
  const put = (id: number, index: number, title = '') =>
    tabs.splice(index, 0, { id, pinned: false, state: stateOf(id, title) });
  for (let id = 1; id <= count; id++) put(id, tabs.length);
  return { tabs, changes, put, active };
}

/** The simplest reader that applies the differences. */
class Model {
  order: number[] = [];
  known = new Map<number, TabState>();
  take({ order, tabs, changed }: Omit<WindowChange, 'window'>): void {
    for (const tab of tabs) this.known.set(tab.id, tab);
    for (const each of changed) this.known.set(each.id, Object.assign({}, this.known.get(each.id), each) as TabState);
    if (order) this.order = order.tabs;
    for (const id of this.known.keys()) if (!this.order.includes(id)) this.known.delete(id);
  }
  get states() {
    return this.order.map((id) => this.known.get(id));
  }
}

function takeAll(changes: TabChanges<TestTab>, model = new Model()): { model: Model; pieces: number } {
  let pieces = 0;
  for (; changes.any; pieces++) model.take(changes.take());
  return { model, pieces };
}

test('after any changes, read at any times, a reader knows the state of every tab', () => {
  const change = fc.record({
    do: fc.constantFrom('add', 'remove', 'move', 'rename', 'replace', 'touch', 'read', 'read all'),
    at: fc.nat(),
    to: fc.nat(),
    title: fc.string({ maxLength: 4 }),
  });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 60 }), (steps) => {
      const { tabs, changes, put } = stripOf(3);
      const model = new Model();
      let nextId = 10;
      for (const step of steps) {
        const index = step.at % Math.max(1, tabs.length);
        const tab = tabs[index];
        if (step.do === 'add') put(nextId++, index, step.title);
        else if (step.do === 'read' && changes.any) model.take(changes.take());
        else if (step.do === 'read all') takeAll(changes, model);
        else if (!tab) continue;
        else if (step.do === 'remove') tabs.splice(index, 1);
        else if (step.do === 'move') tabs.splice(step.to % tabs.length, 0, ...tabs.splice(index, 1));
        else if (step.do === 'replace') tabs[index] = { ...tab, state: stateOf(tab.id, step.title) };
        else if (step.do === 'rename') tab.state = stateOf(tab.id, step.title);
        if (step.do === 'rename' || step.do === 'touch') changes.note(tab?.id ?? 0);
        else changes.noteOrder();
      }
      takeAll(changes, model);
      expect(model.states).toEqual(tabs.map(({ state }) => state));
      expect(model.known.size).toBe(tabs.length);
    }),
  );
});

test('a changed title sends that title, and no other tab', () => {
  const { tabs, changes } = stripOf(1000);
  takeAll(changes);
  const tab = tabs[500];
  if (!tab) throw new Error('there are 1000 tabs');
  tab.state = { ...tab.state, title: 'other' };
  changes.note(tab.id);
  expect(changes.take()).toEqual({ order: null, tabs: [], changed: [{ id: tab.id, title: 'other' }] });
  changes.note(tab.id);
  expect(changes.take(), 'nothing is different').toEqual({ order: null, tabs: [], changed: [] });
});

test('ten thousand tabs come in bounded pieces, the order and the tabs beside the active tab first', () => {
  const { tabs, changes } = stripOf(10_000);
  const first = changes.take();
  expect(first.order?.tabs).toHaveLength(10_000);
  expect(first.tabs.map(({ id }) => id)).toEqual(tabs.slice(0, pieceLimits.tabs).map(({ id }) => id));
  const model = new Model();
  model.take(first);
  const { pieces } = takeAll(changes, model);
  expect(pieces).toBe(Math.ceil(10_000 / pieceLimits.tabs) - 1);
  expect(model.states).toEqual(tabs.map(({ state }) => state));
});

test('a tab that changes or becomes active meanwhile does not wait for the others', () => {
  const { tabs, changes, active } = stripOf(10_000);
  changes.take();
  changes.note(1);
  const [first] = tabs;
  if (first) first.state = { ...first.state, title: 'other' };
  active.index = 9999;
  changes.noteOrder();
  const next = changes.take();
  expect(next.changed).toEqual([{ id: 1, title: 'other' }]);
  expect(next.tabs[0]?.id).toBe(10_000);
});

test('tabs with long texts come in more pieces', () => {
  const { tabs, changes } = stripOf(100);
  for (const tab of tabs) tab.state = { ...tab.state, address: 'x'.repeat(65_536) };
  const { model, pieces } = takeAll(changes);
  expect(pieces).toBeGreaterThan(6);
  expect(model.states).toEqual(tabs.map(({ state }) => state));
});

test('a tab that left and came back is sent in full', () => {
  const { tabs, changes } = stripOf(2);
  const { model } = takeAll(changes);
  const [tab] = tabs.splice(0, 1);
  changes.noteOrder();
  takeAll(changes, model);
  if (tab) tabs.push(tab);
  changes.noteOrder();
  takeAll(changes, model);
  expect(model.states).toEqual(tabs.map(({ state }) => state));
});
