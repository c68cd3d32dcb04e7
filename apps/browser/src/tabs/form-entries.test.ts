import { expect, test } from 'vitest';
import type { HistoryEntry } from '../storage/session/saved-tab.ts';
import { type Commit, FormEntries, placeholder } from './form-entries.ts';

/** Chromium's limit of entries. */
const capacity = 50;

/** A navigation history that behaves like Chromium's. */
class FakeList {
  entries = ['start'];
  at = 0;
  readonly forms = new FormEntries({
    length: () => this.entries.length,
    getEntryAtIndex: (index) => {
      const url = this.entries[index];
      return url === undefined ? null : { url, title: url };
    },
    getActiveIndex: () => this.at,
    canGoBack: () => this.at > 0,
    canGoForward: () => this.at < this.entries.length - 1,
    goBack: () => undefined,
    goForward: () => undefined,
    clear: () => {
      this.entries = [this.entries[this.at] ?? ''];
      this.at = 0;
    },
  });

  go(url: string, commit: Commit = {}): void {
    this.entries = [...this.entries.slice(0, this.at + 1), url].slice(-capacity);
    this.at = this.entries.length - 1;
    this.forms.committed(commit);
  }

  step(distance: number, commit: Commit = {}): void {
    this.at += distance;
    this.forms.committed(commit);
  }

  replace(url: string, commit: Commit = {}): void {
    this.entries[this.at] = url;
    this.forms.committed(commit);
  }

  get all(): HistoryEntry[] {
    return this.entries.flatMap((_, index) => this.forms.getEntryAtIndex(index) ?? []);
  }

  /** Returns the entries, with a star after each that is the answer to a form. */
  get marked(): string {
    return this.all.map(({ url, posted }) => (posted ? `${url}*` : url)).join(' ');
  }
}

test("an entry that shows the source of a page has the source's address, and is not an answer", () => {
  const list = new FakeList();
  list.go('page', { source: true });
  expect(list.marked).toBe('start view-source:page');
  expect(list.forms.isAnswer).toBe(false);
  list.go('page');
  list.step(-1, { source: true });
  expect(list.marked).toBe('start view-source:page page');
  // The source and its page share an entry.
  list.replace('page');
  expect(list.marked).toBe('start page page');
  const restored = new FakeList();
  restored.entries = ['start', 'page'];
  restored.forms.restore(['start', 'view-source:page'].map((address) => ({ address, title: '' })));
  expect(restored.marked).toBe('start view-source:page');
});

test('marks the entry that is the answer to a form, and no other of the same address', () => {
  const list = new FakeList();
  list.go('form');
  list.go('form', { answer: true });
  expect(list.marked).toBe('start form form*');
  expect(list.forms.isAnswer).toBe(true);
  list.step(-1);
  expect(list.forms.isAnswer).toBe(false);
  list.step(1, { answer: true });
  expect(list.forms.isAnswer).toBe(true);
});

test('a new page removes the answers in front of it', () => {
  const list = new FakeList();
  list.go('answer', { answer: true });
  list.step(-1);
  list.go('page');
  expect(list.marked).toBe('start page');
});

test('a place within an answer is an answer, and an address from pushState is not', () => {
  const list = new FakeList();
  list.go('answer', { answer: true });
  list.go('answer#place', { inPage: true });
  expect(list.marked).toBe('start answer* answer#place*');
  list.go('pushed', { inPage: true });
  expect(list.marked).toBe('start answer* answer#place* pushed');
  list.step(-1, { inPage: true });
  list.replace('replaced', { inPage: true });
  expect(list.marked).toBe('start answer* replaced pushed');
});

test('an answer that is later requested by GET is a page', () => {
  const list = new FakeList();
  list.go('answer', { answer: true });
  list.replace('answer');
  expect(list.marked).toBe('start answer');
});

test('marks move down with the entries of a full list', () => {
  const list = new FakeList();
  list.go('answer', { answer: true });
  for (let page = 0; page < capacity - 2; page++) list.go(`page ${page}`);
  expect(list.marked).toMatch(/^start answer\* page 0/);
  list.go('one more');
  expect(list.marked).toMatch(/^answer\* page 0/);
  list.go('and one');
  expect(list.marked).not.toContain('*');
});

test('an entry whose form is lost has its own address in the list, and is recognized on a step to it', () => {
  const list = new FakeList();
  const lost = { address: 'https://a.example/send', title: 'Sent', posted: true as const };
  list.go(placeholder, { lost });
  expect(list.marked).toBe('start https://a.example/send*');
  expect(list.forms.lost).toEqual(lost);
  list.go('page');
  expect(list.forms.lost).toBeUndefined();
  list.step(-1);
  expect(list.forms.lost).toEqual(lost);
  list.forms.clear();
  expect(list.marked).toBe('https://a.example/send*');
});

test('recognizes the placeholders in a list that Electron restores', () => {
  const list = new FakeList();
  const lost = { address: 'https://a.example/send', title: 'Sent', posted: true as const };
  list.forms.restore([{ address: 'start', title: '' }, lost]);
  list.entries = ['start', placeholder];
  list.at = 1;
  list.forms.committed({});
  expect(list.forms.lost).toEqual(lost);
  expect(list.marked).toBe('start https://a.example/send*');
});
