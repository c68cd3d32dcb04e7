import { deadFrame, pageLimits, tabState, type WindowState, windowState } from '@bulkhead/contracts';
import fc from 'fast-check';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { boundedAddress, boundedOrigin, boundedSite, boundedTitle, isCutAddress } from '../bounds/page-facts.ts';
import { activeEntryOf, parseSession } from '../storage/session/saved-session.ts';
import { savedTabOf } from '../storage/session/saved-tab.ts';
import { sendableTab, sendableWindow } from '../window/sendable-state.ts';
import { SleepingTab } from './sleeping-tab.ts';
import { emptyTab, tabStateOf } from './tab-state.ts';

/** Texts as pages may make them: any characters, halves of surrogate pairs, up to megabytes. */
const text = fc
  .tuple(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(0, 1, 1023, 1024, 65_535, 65_536, 65_537, 2_000_000),
    fc.constantFrom('x', '\ud83d', '🚢', '\0', '\u202e'),
  )
  .map(([text, length, filler]) => text + filler.repeat(Math.ceil(length / filler.length)));
const address = fc
  .tuple(
    fc.constantFrom(
      'https://a.example/',
      'http://127.0.0.1:9/?',
      'data:text/html,',
      'blob:https://',
      'javascript:',
      'about:',
      'bulkhead://',
      '',
    ),
    text,
  )
  .map(([beginning, rest]) => beginning + rest);

const emptyWindow: WindowState = {
  activeTab: 1,
  addressRequests: { count: 0, tabs: [] },
  plugins: [],
  showsPluginFigures: false,
  notices: [],
  session: { restored: null, unsaved: null, reopenable: false },
  closing: null,
  shellPid: null,
  browserPid: 1,
  runtime: { bulkhead: '0', electron: '33', chromium: '130', node: '20' },
};

test('the state of a tab can be sent, whatever its page does to address, title and failure', () => {
  const facts = fc.record({
    title: text,
    address,
    committedAddress: address,
    shownAddress: address,
    failed: fc.option(
      fc.record({
        address,
        code: fc.integer(),
        name: text,
        form: fc.constantFrom(null, 'kept' as const, 'lost' as const),
      }),
    ),
  });
  fc.assert(
    fc.property(facts, (page) => {
      const state = tabStateOf({ ...emptyTab, id: 1, ...page });
      expect(v.is(tabState, state)).toBe(true);
      // The shown address is the page's, or is marked as cut.
      if (page.address.length <= pageLimits.addressLength) expect(state.address).toBe(page.address);
      else expect(isCutAddress(state.address)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('the same page can be sent after it was saved, restored, and shown without being loaded', () => {
  const entries = fc.array(fc.record({ url: address, title: text, pageState: fc.option(text, { nil: undefined }) }), {
    minLength: 1,
    maxLength: 8,
  });
  fc.assert(
    fc.property(entries, fc.nat(), text, (list, at, title) => {
      const activeIndex = at % list.length;
      const history = { length: list.length, activeIndex, entryAt: (index: number) => list[index] };
      const saved = savedTabOf(history, { pinned: false, address: list[activeIndex]?.url ?? '', title });
      const restored = parseSession(JSON.stringify({ windows: [{ activeTab: 0, tabs: [saved] }] }))?.windows[0]
        ?.tabs[0];
      expect(restored).toBeDefined();
      if (!restored) return;
      const hasPage = list[activeIndex]?.url !== '';
      if (hasPage) expect(activeEntryOf(restored).title === boundedTitle(title)).toBe(true);
      expect(v.is(tabState, new SleepingTab(1, restored).state())).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('the origin and the site of any address are within their limits', () => {
  fc.assert(
    fc.property(address, (page) => {
      expect(v.is(deadFrame, { origin: boundedOrigin(page), pid: null })).toBe(true);
      expect(boundedSite(page)?.length ?? 0).toBeLessThanOrEqual(pageLimits.originLength);
    }),
  );
  expect(boundedOrigin(`https://a.example/${'x'.repeat(100_000)}`)).toBe('https://a.example');
  expect(boundedSite(`http://a.example:8080/#${'x'.repeat(100_000)}`)).toBe('http://a.example:8080');
});

test('an address that is too long is shown by its start, with a mark, and is no longer an address', () => {
  const long = `http://127.0.0.1:9/?${'a'.repeat(100_000)}`;
  expect(boundedAddress(long)).toMatch(/^http:\/\/127\.0\.0\.1:9\/\?a+… \[100020\]$/);
  expect(isCutAddress(boundedAddress(long))).toBe(true);
  // No serialized address contains an ellipsis.
  fc.assert(
    fc.property(
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      (url) => !isCutAddress(new URL(`${url}/… [12]`).href),
    ),
  );
});

test('a title is never cut within a surrogate pair', () => {
  const ships = '🚢'.repeat(2000);
  expect(/\p{Surrogate}/u.test(boundedTitle(`x${ships}`))).toBe(false);
  expect(boundedTitle(ships)).toHaveLength(pageLimits.titleLength);
});

test('a tab whose state cannot be sent is marked, and the rest of the window is sent', () => {
  const problems: string[] = [];
  const note = (problem: string) => problems.push(problem);
  const good = tabStateOf({ ...emptyTab, id: 1, title: 'Good' });
  expect(sendableTab(good, note)).toBe(good);
  const bad = { ...tabStateOf({ ...emptyTab, id: 2, pinned: true }), title: 'x'.repeat(5000) };
  const marked = sendableTab(bad, note);
  expect(v.is(tabState, marked)).toBe(true);
  expect(marked).toMatchObject({ id: 2, pinned: true, ended: { kind: 'internal-error' } });
  const notices = [{ id: 'none' } as unknown as WindowState['notices'][number]];
  const state = sendableWindow({ ...emptyWindow, notices, shellPid: -1 }, note);
  expect(v.is(windowState, state)).toBe(true);
  expect(state).toEqual(emptyWindow);
  expect(problems.join()).toMatch(/title.*id.*/);
});

test.each([
  ['\u202eevil', 'evil'],
  ['a \u202ab\u202c \u2066c\u2069', 'a b c'],
  ['שלום עולם', 'שלום עולם'],
])('a title cannot change the direction of the text after it: %j', (title, shown) =>
  expect(boundedTitle(title)).toBe(shown),
);
