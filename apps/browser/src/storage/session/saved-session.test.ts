import { expect, test } from 'vitest';
import { parseSession } from './saved-session.ts';

const session = (activeTab: number, activeEntry: number) => ({
  windows: [{ activeTab, tabs: [{ pinned: false, entries: [{ address: 'about:blank', title: '' }], activeEntry }] }],
});

test('reads a session', () => {
  expect(parseSession(JSON.stringify(session(0, 0)))).toEqual(session(0, 0));
});

test('rejects what is not a session', () => {
  const long = { pinned: false, entries: [{ address: `https://${'a'.repeat(65_536)}`, title: '' }], activeEntry: 0 };
  const wrong = [
    session(1, 0),
    session(0, 1),
    session(0, -1),
    { windows: [{ activeTab: 0, tabs: [] }] },
    {},
    null,
    [long],
  ];
  for (const each of wrong) expect(parseSession(JSON.stringify(each))).toBeUndefined();
  expect(parseSession('{"windows":[')).toBeUndefined();
});
