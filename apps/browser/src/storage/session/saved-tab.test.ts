import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseSession } from './saved-session.ts';
import { type History, type HistoryEntry, savedFormOf, savedTabOf } from './saved-tab.ts';

const history = (active: number, ...entries: HistoryEntry[]): History => ({
  length: entries.length,
  activeIndex: active,
  entryAt: (index) => entries[index],
});
const entry = (name: string) => ({ url: `https://${name}.example/`, title: name });
const shown = (name: string) => ({ pinned: false, address: `https://${name}.example/`, title: name });

test('keeps the history, and the title as it is shown', () => {
  const saved = savedTabOf(history(1, entry('a'), entry('b'), entry('c')), {
    ...shown('b'),
    title: '(3) b',
    pinned: true,
  });
  expect(saved).toEqual({
    pinned: true,
    activeEntry: 1,
    entries: [
      { address: 'https://a.example/', title: 'a' },
      { address: 'https://b.example/', title: '(3) b' },
      { address: 'https://c.example/', title: 'c' },
    ],
  });
});

test('keeps the target address of a tab whose first page has not committed', () => {
  expect(savedTabOf(history(-1), shown('a')).entries).toEqual([{ address: 'https://a.example/', title: 'a' }]);
  // Some versions of Electron begin the history with an empty entry.
  expect(savedTabOf(history(0, { url: '', title: '' }), shown('a')).entries).toHaveLength(1);
});

test('never saves an address that is a command to end the browser', () => {
  const address = 'chrome://inducebrowsercrashforrealz';
  const [kept] = savedTabOf(history(-1), { pinned: false, address, title: address }).entries;
  expect(kept?.address).toBe('bulkhead://newtab/');
});

test('leaves out entries that cannot be reopened, and keeps the tab', () => {
  const blob = { url: 'blob:https://a.example/1', title: 'blob' };
  const long = { url: `data:text/html,${'x'.repeat(70_000)}`, title: 'long' };
  expect(savedTabOf(history(1, blob, entry('a'), long), shown('a'))).toMatchObject({
    activeEntry: 0,
    entries: [{ title: 'a' }],
  });
  expect(savedTabOf(history(0, blob), { ...shown('blob'), title: 'blob' }).entries).toEqual([
    { address: 'bulkhead://newtab/', title: 'blob' },
  ]);
});

test('a saved tab of any history can be read back, and is at the same entry', () => {
  const addresses = [
    '',
    'about:blank',
    'blob:x',
    'https://a.example/',
    'http://b.example/?q=1',
    `data:,${'x'.repeat(70_000)}`,
  ];
  const url = fc.constantFrom(...addresses);
  const pageState = fc.constantFrom('c2Nyb2xs', 'x'.repeat(16_384), 'x'.repeat(16_385));
  const entry = fc.record({ url, title: fc.string({ size: 'small' }), pageState }, { requiredKeys: ['url', 'title'] });
  const entries = fc.array(entry, { minLength: 1, maxLength: 60 });
  const tab = entries.chain((all) => fc.record({ all: fc.constant(all), active: fc.nat({ max: all.length - 1 }) }));
  fc.assert(
    fc.property(tab, ({ all, active }) => {
      const { url: address = '', title = '' } = all[active] ?? {};
      const saved = savedTabOf(history(active, ...all), { pinned: false, address, title });
      expect(saved.entries.length).toBeLessThanOrEqual(51);
      expect(parseSession(JSON.stringify({ windows: [{ activeTab: 0, tabs: [saved] }] }))).toBeDefined();
      if (/^https?:/.test(address)) expect(saved.entries[saved.activeEntry]?.address).toBe(address);
    }),
  );
});

test('reads and keeps only a bounded part of a history that a page has made large', () => {
  const lengths = [60_000, 1_900_000];
  for (const length of lengths) {
    let read = 0;
    const saved = savedTabOf(
      {
        length: 1000,
        activeIndex: 500,
        entryAt: (index) => {
          const url = `https://a.example/#${index}${'x'.repeat(length)}`;
          read += url.length;
          return { url, title: 'grown' };
        },
      },
      shown('a'),
    );
    expect(read).toBeLessThan(2_000_000 + length);
    expect(JSON.stringify(saved).length).toBeLessThan(300_000);
    expect(saved.entries[saved.activeEntry]?.address).toMatch(length > 65_536 ? /^bulkhead:/ : /#500x/);
  }
});

test('keeps an unanswered form as a form, without user and password', () => {
  expect(savedFormOf('https://user:secret@a.example/send', true)).toEqual({
    pinned: true,
    entries: [{ address: 'https://a.example/send', title: 'https://a.example/send', posted: true }],
    activeEntry: 0,
  });
});
