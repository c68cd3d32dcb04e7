import { expect, test } from 'vitest';
import type { SavedEntry } from '../storage/session/saved-session.ts';
import { loadSavedTab } from './load-saved-tab.ts';

const saved = {
  pinned: false,
  activeEntry: 1,
  entries: [
    { address: 'https://a.example/', title: 'a', posted: true as const },
    { address: 'https://b.example/', title: 'b', pageState: 'c2Nyb2xs' },
  ],
};

/** Returns a tab that records what it was asked to do. */
function emptyTab(navigationHistory: object) {
  const asked = { around: [] as unknown[], loaded: [] as SavedEntry[], marked: [] as unknown[] };
  return {
    asked,
    navigationHistory,
    list: { surround: (...around: unknown[]) => void asked.around.push(...around) },
    forms: { restore: (entries: unknown) => void asked.marked.push(entries) },
    load: (entry: SavedEntry) => void asked.loaded.push(entry),
  };
}

test('gives the whole list to an Electron that can restore one, but not the address of an answer to a form', () => {
  let restored: unknown;
  const tab = emptyTab({
    async restore(options: unknown) {
      restored = options;
    },
  });
  loadSavedTab(tab, saved);
  expect(restored).toEqual({
    index: 1,
    entries: [
      { url: 'about:blank', title: 'a' },
      { url: 'https://b.example/', title: 'b', pageState: 'c2Nyb2xs' },
    ],
  });
  expect(tab.asked).toEqual({ around: [], loaded: [], marked: [saved.entries] });
});

test('loads the active page when Electron cannot restore a list', () => {
  const tab = emptyTab({});
  loadSavedTab(tab, saved);
  expect(tab.asked).toEqual({ around: [[saved.entries[0]], []], loaded: [saved.entries[1]], marked: [] });
});

test('a failed restore does not throw', async () => {
  const failure = Promise.reject(new Error('ERR_CONNECTION_REFUSED'));
  loadSavedTab(emptyTab({ restore: () => failure }), saved);
  await expect(failure).rejects.toThrow();
});
