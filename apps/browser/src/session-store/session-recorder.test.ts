import { EventEmitter } from 'node:events';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseSession, type SavedTab } from './saved-session.ts';
import { type RecordedTab, SessionRecorder } from './session-recorder.ts';

const saved = (title: string): SavedTab => ({
  pinned: false,
  activeEntry: 0,
  entries: [{ address: `https://example.org/${encodeURIComponent(title)}`, title }],
});

/** A tab that can be told its title, and counts how often it was looked at. */
class TabOfTest extends EventEmitter<{ changed: [] }> {
  looks = 0;
  title: string;
  constructor(title: string) {
    super();
    this.title = title;
  }
  rename(title: string): void {
    this.title = title;
    this.emit('changed');
  }
  saved(): SavedTab {
    this.looks += 1;
    return saved(this.title);
  }
}

class StripOfTest extends EventEmitter<{ added: [TabOfTest]; activated: [TabOfTest] }> {
  readonly kept: RecordedTab[] = [];
  active: TabOfTest | undefined;
  get tabs(): TabOfTest[] {
    return this.kept.filter((tab) => tab instanceof TabOfTest);
  }
  add(title: string, index = this.kept.length): TabOfTest {
    const tab = new TabOfTest(title);
    this.kept.splice(index, 0, tab);
    this.emit('added', tab);
    return tab;
  }
  activate(tab: TabOfTest): void {
    this.active = tab;
    this.emit('activated', tab);
  }
}

function record(strip: StripOfTest) {
  const recorder = new SessionRecorder(strip);
  return { recorder, window: () => parseSession(recorder.body() ?? '')?.windows[0] };
}

test('says nothing before there is a tab', () => {
  expect(record(new StripOfTest()).recorder.body()).toBeUndefined();
});

test('says which tabs there are, in order, and which is active', () => {
  const strip = new StripOfTest();
  strip.add('here before');
  const { window } = record(strip);
  strip.activate(strip.add('active'));
  strip.add('first', 0);
  expect(window()).toEqual({ activeTab: 2, tabs: [saved('first'), saved('here before'), saved('active')] });
});

test('keeps tabs that have not been loaded in their places', () => {
  const strip = new StripOfTest();
  strip.activate(strip.add('loaded'));
  const { window } = record(strip);
  strip.kept.unshift({ saved: () => saved('not loaded') });
  expect(window()).toEqual({ activeTab: 1, tabs: [saved('not loaded'), saved('loaded')] });
});

test('a tab that is not kept is not there, and who looks at it looked at another one before', () => {
  const strip = new StripOfTest();
  strip.add('one');
  strip.activate(strip.add('other'));
  const { window } = record(strip);
  strip.activate(new TabOfTest('of a drill'));
  expect(window()).toEqual({ activeTab: 1, tabs: [saved('one'), saved('other')] });
});

test('looks at nothing but what has changed', () => {
  const strip = new StripOfTest();
  const [one, other] = [strip.add('one'), strip.add('other')];
  strip.activate(one);
  const { window } = record(strip);
  window();
  one.rename('one, changed');
  expect(window()?.tabs).toEqual([saved('one, changed'), saved('other')]);
  expect([one.looks, other.looks]).toEqual([2, 1]);
  strip.activate(other);
  window();
  expect([one.looks, other.looks], 'the tab that was left is looked at once more').toEqual([3, 1]);
});

test('without tabs the session is what it was before the last one was closed', () => {
  const strip = new StripOfTest();
  strip.activate(strip.add('last'));
  const { window } = record(strip);
  window();
  strip.kept.pop();
  strip.active = undefined;
  expect(window()?.tabs).toEqual([saved('last')]);
});

test('stays as it is while the window takes its tabs down', () => {
  const strip = new StripOfTest();
  strip.activate(strip.add('one'));
  strip.add('other');
  const { recorder, window } = record(strip);
  recorder.freeze();
  strip.kept.shift();
  expect(window()?.tabs).toEqual([saved('one'), saved('other')]);
});

test('after any changes it says what a look at every tab would say', () => {
  const change = fc.oneof(
    fc.record({ do: fc.constant('add' as const), at: fc.nat(), title: fc.string() }),
    fc.record({ do: fc.constant('remove' as const), at: fc.nat() }),
    fc.record({ do: fc.constant('rename' as const), at: fc.nat(), title: fc.string() }),
    fc.record({ do: fc.constant('activate' as const), at: fc.nat() }),
    fc.record({ do: fc.constant('ask' as const), at: fc.nat() }),
  );
  fc.assert(
    fc.property(fc.array(change), (changes) => {
      const strip = new StripOfTest();
      strip.activate(strip.add('always there'));
      const { window } = record(strip);
      for (const each of changes) {
        const index = each.at % strip.tabs.length;
        const tab = strip.tabs[index];
        if (!tab) throw new Error('there is always a tab');
        if (each.do === 'add') strip.add(each.title, index);
        else if (each.do === 'rename') tab.rename(each.title);
        else if (each.do === 'activate') strip.activate(tab);
        else if (each.do === 'ask') window();
        else if (tab !== strip.active) strip.kept.splice(index, 1);
      }
      expect(window()).toEqual({
        activeTab: strip.active && strip.kept.indexOf(strip.active),
        tabs: strip.tabs.map(({ title }) => saved(title)),
      });
    }),
  );
});
