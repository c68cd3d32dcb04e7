import { EventEmitter } from 'node:events';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeGeneration, headerLine, recordLine, type SessionRecord } from './generation.ts';
import type { SavedTab } from './saved-session.ts';
import { type RecordedTab, SessionRecorder } from './session-recorder.ts';

/** A tab whose title and address the test can change. It counts how often its history was read. */
class TabOfTest implements RecordedTab {
  looks = 0;
  pinned = false;
  historyVersion = 0;
  readonly id: number;
  title: string;
  address = 'https://example.org/';
  constructor(id: number, title: string) {
    this.id = id;
    this.title = title;
  }
  /** The tab's contents are destroyed. */
  isGone = false;
  saved(): SavedTab {
    if (this.isGone) throw new Error('a tab without contents was looked at');
    this.looks += 1;
    return { pinned: this.pinned, activeEntry: 0, entries: [{ address: this.address, title: this.title }] };
  }
}

class StripOfTest extends EventEmitter<{
  changed: [TabOfTest?];
  added: [TabOfTest];
  removed: [TabOfTest];
  activated: [TabOfTest];
}> {
  readonly kept: TabOfTest[] = [];
  active: TabOfTest | undefined;
  #nextId = 1;
  add(title: string, index = this.kept.length): TabOfTest {
    const tab = new TabOfTest(this.#nextId++, title);
    this.kept.splice(index, 0, tab);
    this.emit('added', tab);
    return tab;
  }
  activate(tab: TabOfTest): void {
    this.active = tab;
    this.emit('activated', tab);
    this.emit('changed');
  }
  rename(tab: TabOfTest, title: string): void {
    tab.title = title;
    this.emit('changed', tab);
  }
  navigate(tab: TabOfTest, address: string): void {
    tab.address = address;
    tab.historyVersion += 1;
    this.emit('changed', tab);
  }
  remove(index: number): void {
    for (const tab of this.kept.splice(index, 1)) {
      tab.isGone = true;
      this.emit('removed', tab);
    }
    this.emit('changed');
  }
}

const forever = Number.POSITIVE_INFINITY;

/** Creates a strip with a recorder, and returns everything recorded so far. */
function record(...titles: string[]) {
  const strip = new StripOfTest();
  const recorder = new SessionRecorder(strip);
  for (const title of titles) strip.add(title);
  if (strip.kept[0]) strip.activate(strip.kept[0]);
  const records: SessionRecord[] = [...recorder.whole(forever, { first: true })];
  const take = (sliceMs = forever) => {
    const taken = recorder.take(sliceMs);
    if (taken) records.push(taken);
    return taken;
  };
  /** Returns the window as a start would find it. */
  const window = (all = records) => {
    const lines = [headerLine(1), ...all.map((each) => recordLine(1, '-', each)), recordLine(1, '=', {})];
    return decodeGeneration(Buffer.from(lines.join('')))?.session()?.windows[0];
  };
  return { strip, recorder, records, take, window, tabs: strip.kept };
}

const expectedOf = ({ kept, active }: StripOfTest) => ({
  activeTab: active ? Math.max(0, kept.indexOf(active)) : 0,
  tabs: kept.map(({ pinned, address, title }) => ({ pinned, activeEntry: 0, entries: [{ address, title }] })),
});

test('records nothing before there is a tab', () => {
  const { records, take } = record();
  expect([records, take()]).toEqual([[], undefined]);
});

test('records the whole session once, and then only changes', () => {
  const { strip, take, tabs, window } = record('one', 'two', 'three');
  expect(window()).toEqual(expectedOf(strip));
  expect(take()).toBeUndefined();
  const [, two] = tabs;
  if (!two) throw new Error('there are three tabs');
  strip.rename(two, 'other');
  expect(take()).toEqual({ titles: [[2, 'other']] });
  strip.navigate(two, 'https://b.example/');
  expect(take()).toEqual({ tabs: [[2, expect.objectContaining({ activeEntry: 0 })]] });
  strip.activate(two);
  expect(take(), 'the tab that was left may have scrolled').toEqual({ active: 2, tabs: [[1, expect.anything()]] });
  expect(tabs.map(({ looks }) => looks)).toEqual([2, 2, 1]);
  expect(window()).toEqual(expectedOf(strip));
});

test('does not record a change that was undone', () => {
  const { strip, take, tabs } = record('one', 'two');
  for (const tab of tabs) strip.emit('changed', tab);
  strip.emit('changed');
  expect(take()).toBeUndefined();
  expect(tabs.map(({ looks }) => looks)).toEqual([1, 1]);
});

test('leaves out a tab that is not saved, and keeps the tab before it as the active one', () => {
  const { strip, take, window, tabs } = record('one', 'two');
  const [, two] = tabs;
  if (two) strip.activate(two);
  strip.activate(new TabOfTest(99, 'of a drill'));
  take();
  expect(window()).toEqual({ ...expectedOf(strip), activeTab: 1 });
});

test('without tabs, the session stays as it was before the last tab closed', () => {
  const { strip, recorder, take, tabs, window } = record('last');
  // A change while the tab closes can no longer be read.
  if (tabs[0]) strip.rename(tabs[0], 'closing');
  strip.remove(0);
  take();
  expect(window()?.tabs).toEqual([
    { pinned: false, activeEntry: 0, entries: [expect.objectContaining({ title: 'last' })] },
  ]);
  expect([...recorder.whole(forever, { first: false })]).toEqual([]);
});

test('reads a few of many changed tabs at a time, each once a round', () => {
  const { strip, recorder, take, tabs, window } = record(...Array.from({ length: 200 }, (_, index) => `${index}`));
  for (const tab of tabs) strip.rename(tab, `${tab.title} changed`);
  let rounds = 0;
  do {
    const taken = take(0);
    expect(taken?.titles).toHaveLength(1);
    rounds += 1;
    // This tab keeps changing: its change belongs to the next round.
    if (tabs[0]) strip.rename(tabs[0], `changed ${rounds}`);
  } while (recorder.hasMore);
  expect(rounds).toBe(200);
  take();
  expect(window()).toEqual(expectedOf(strip));
});

test('records tabs with long histories a few at a time, however fast they are read', () => {
  const { strip, take, tabs } = record(...Array.from({ length: 20 }, (_, index) => `${index}`));
  for (const tab of tabs) strip.navigate(tab, `https://a.example/${'x'.repeat(30_000)}`);
  expect(take(60_000)?.tabs?.length).toBeLessThan(4);
});

test('a whole session made while tabs open, close and change is correct together with the changes after it', () => {
  const { strip, recorder, records, take, tabs, window } = record('one', 'two', 'three', 'four');
  const parts = recorder.whole(0, { first: false });
  const next = [parts.next().value ?? {}];
  const before = records.length;
  strip.remove(1);
  strip.add('five', 0);
  const [, three] = tabs;
  if (three) strip.navigate(three, 'https://c.example/');
  take();
  for (const part of parts) next.push(part);
  expect(window(next.concat(records.slice(before)))).toEqual(expectedOf(strip));
  expect(window()).toEqual(expectedOf(strip));
});

test('saves tabs without their histories when these are too long together', () => {
  const strip = new StripOfTest();
  const recorder = new SessionRecorder(strip);
  const entries = Array.from({ length: 100 }, () => ({
    address: `https://a.example/${'x'.repeat(60_000)}`,
    title: '',
  }));
  for (let number = 0; number < 20; number++) {
    const tab = strip.add('long');
    tab.saved = () => ({ pinned: false, activeEntry: 50, entries });
  }
  const saved = [...recorder.whole(forever, { first: true })].flatMap(({ tabs = [] }) => tabs.map(([, tab]) => tab));
  expect(saved).toHaveLength(20);
  expect(saved[0]?.entries).toHaveLength(100);
  expect(saved.at(-1)).toEqual({ pinned: false, activeEntry: 0, entries: [entries[50]] });
});

test('after any changes, recorded at any moments, a start finds the open tabs', () => {
  const kinds = [
    'add',
    'remove',
    'rename',
    'navigate',
    'pin',
    'activate',
    'take',
    'take a little',
    'begin',
    'end',
  ] as const;
  const title = fc.constantFrom('a', 'b', 'c');
  const change = fc.record({ do: fc.constantFrom(...kinds), at: fc.nat(), title });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
      const { strip, recorder, records, tabs, window } = record('always there');
      /** Parts of a whole session in progress, and what was recorded since. */
      let begun: { parts: SessionRecord[]; rest: Iterable<SessionRecord>; since: SessionRecord[] } | undefined;
      const take = (sliceMs: number) => {
        const taken = recorder.take(sliceMs);
        if (!taken) return;
        records.push(taken);
        begun?.since.push(taken);
      };
      for (const each of changes) {
        const index = each.at % tabs.length;
        const tab = tabs[index];
        if (!tab) throw new Error('there is always a tab');
        if (each.do === 'add') strip.add(each.title, index);
        else if (each.do === 'rename') strip.rename(tab, each.title);
        else if (each.do === 'navigate') strip.navigate(tab, `https://example.org/${each.title}`);
        else if (each.do === 'activate') strip.activate(tab);
        else if (each.do === 'take') take(forever);
        else if (each.do === 'take a little') take(0);
        else if (each.do === 'begin') {
          const rest = recorder.whole(0, { first: false });
          begun = { parts: [rest.next().value ?? {}], rest, since: [] };
        } else if (each.do === 'end' && begun) {
          const { parts, rest, since } = begun;
          records.splice(0, records.length, ...parts, ...rest, ...since);
          begun = undefined;
        } else if (each.do === 'pin') {
          tab.pinned = !tab.pinned;
          strip.emit('changed', tab);
        } else if (each.do === 'remove' && tab !== strip.active) strip.remove(index);
      }
      while (recorder.isDue) take(forever);
      expect(window()).toEqual(expectedOf(strip));
    }),
    { numRuns: 1000 },
  );
});
