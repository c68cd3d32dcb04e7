import { expect, test } from 'vitest';
import { loadSavedTab } from './load-saved-tab.ts';

const saved = {
  pinned: false,
  activeEntry: 1,
  entries: [
    { address: 'https://a.example/', title: 'a' },
    { address: 'https://b.example/', title: 'b', pageState: 'c2Nyb2xs' },
  ],
};

let around: unknown;
const list = {
  surround(...entries: unknown[]) {
    around = entries;
  },
};

test('gives the whole list to a runtime that can restore one', async () => {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const navigationHistory = {
    async restore(options: unknown) {
      resolve(options);
    },
  };
  loadSavedTab({ navigationHistory, loadURL: () => Promise.reject(new Error('not asked for')) }, saved, list);
  expect(await promise).toEqual({
    index: 1,
    entries: [
      { url: 'https://a.example/', title: 'a' },
      { url: 'https://b.example/', title: 'b', pageState: 'c2Nyb2xs' },
    ],
  });
});

test('loads the page that the tab was at where there is nothing to restore a list by', async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const contents = {
    navigationHistory: {},
    async loadURL(address: string) {
      resolve(address);
    },
  };
  loadSavedTab(contents, saved, list);
  expect(await promise).toBe('https://b.example/');
  expect(around).toEqual([[saved.entries[0]], []]);
});

test('a page that cannot be loaded is no error here', async () => {
  const failure = Promise.reject(new Error('ERR_CONNECTION_REFUSED'));
  loadSavedTab({ navigationHistory: {}, loadURL: () => failure }, saved, list);
  await expect(failure).rejects.toThrow();
});
