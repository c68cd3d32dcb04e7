import { expect, test } from 'vitest';
import { TabHistory } from './tab-history.ts';

/** A tab whose list behaves like Chromium's: a new page removes the forward entries. */
class FakeTab {
  list = ['c'];
  at = 0;
  reads = 0;
  readonly history = new TabHistory(
    {
      length: () => this.list.length,
      getEntryAtIndex: (index) => {
        this.reads += 1;
        const url = this.list[index];
        return url === undefined ? null : { url, title: url };
      },
      getActiveIndex: () => this.at,
      canGoBack: () => this.at > 0,
      canGoForward: () => this.at < this.list.length - 1,
      goBack: () => this.#go(-1),
      goForward: () => this.#go(1),
      clear: () => {
        this.list = [this.list[this.at] ?? ''];
        this.at = 0;
      },
    },
    ({ address }) => {
      this.#pending = address;
    },
  );
  #pending: string | undefined;

  constructor() {
    this.history.surround([entry('a'), entry('b')], [entry('d')]);
    this.history.committed();
  }

  /** Commits the requested page. */
  come(): void {
    if (this.#pending !== undefined) this.visit(this.#pending);
    this.#pending = undefined;
  }

  visit(address: string): void {
    this.list = [...this.list.slice(0, this.at + 1), address];
    this.at = this.list.length - 1;
    this.history.committed();
  }

  replace(address: string): void {
    this.list[this.at] = address;
    this.history.committed();
  }

  back(): void {
    this.history.goBack();
    this.come();
  }

  forward(): void {
    this.history.goForward();
    this.come();
  }

  get whole(): string {
    const { activeIndex, length } = this.history;
    return Array.from({ length }, (_, index) => {
      const url = this.history.entryAt(index)?.url;
      return index === activeIndex ? `[${url}]` : url;
    }).join(' ');
  }

  #go(distance: number): void {
    this.at += distance;
    this.history.committed();
  }
}

const entry = (address: string) => ({ address, title: address });

test('goes back and forward through the entries of an earlier session, and keeps the list', () => {
  const tab = new FakeTab();
  expect(tab.whole).toBe('a b [c] d');
  tab.back();
  expect(tab.whole).toBe('a [b] c d');
  tab.back();
  expect(tab.whole).toBe('[a] b c d');
  expect(tab.history.canGoBack).toBe(false);
  tab.forward();
  tab.forward();
  tab.forward();
  expect(tab.whole).toBe('a b c [d]');
  expect(tab.history.canGoForward).toBe(false);
});

test('a new page removes the forward entries, and keeps those before it', () => {
  const tab = new FakeTab();
  tab.visit('x');
  expect(tab.whole).toBe('a b c [x]');
  tab.back();
  expect(tab.whole).toBe('a b [c] x');
  tab.back();
  expect(tab.whole).toBe('a [b] c x');
  tab.visit('y');
  expect(tab.whole).toBe('a b [y]');
});

test('leaving a page before it commits changes nothing', () => {
  const tab = new FakeTab();
  tab.history.goBack();
  tab.history.abandonStep();
  tab.visit('x');
  expect(tab.whole).toBe('a b c [x]');
});

test("entries of Electron's own list stay in that list", () => {
  const tab = new FakeTab();
  tab.visit('x');
  tab.visit('y');
  tab.back();
  expect(tab.whole).toBe('a b c [x] y');
  tab.forward();
  expect(tab.whole).toBe('a b c x [y]');
});

test('a page that replaces its own entry keeps the forward entries', () => {
  const tab = new FakeTab();
  tab.replace('e');
  expect(tab.whole).toBe('a b [e] d');
});

test('a page that commits endlessly causes no reading of its list', () => {
  const tab = new FakeTab();
  tab.visit('x');
  tab.reads = 0;
  for (let visit = 0; visit < 1000; visit++) tab.visit(`#${visit}`);
  expect(tab.reads).toBe(0);
});

test('a tab closed by its page keeps the list of an earlier session', () => {
  const tab = new FakeTab();
  const left = tab.history.around({ url: 'c', title: 'C' });
  expect(left?.activeIndex).toBe(2);
  expect([0, 1, 2, 3, 4].map((index) => left?.entryAt(index)?.url)).toEqual(['a', 'b', 'c', 'd', undefined]);
  const alone = new FakeTab();
  alone.history.surround([], []);
  expect(alone.history.around({ url: 'c', title: 'C' })).toBeUndefined();
});
