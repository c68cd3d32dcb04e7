import { afterEach, describe, expect, test, vi } from 'vitest';
import type { TabStrip } from '../tabs/tab-strip.ts';
import { deliberateMs } from './deliberate.ts';
import { WindowClosing } from './window-closing.ts';

/** Number of running downloads. */
const running = { downloads: 0 };

/** Creates a strip whose tabs, numbered from 1, give these answers. Null is a tab without a document. */
function closingOf(...answers: (Promise<boolean> | null)[]) {
  const close = vi.fn();
  const tabs = answers.map((answer, index) => ({
    id: index + 1,
    connection: answer === null ? undefined : { objectsToClosing: () => answer },
  }));
  const closing = new WindowClosing({ tabs } as unknown as TabStrip, { close, downloads: () => running.downloads });
  return { closing, close };
}

/** Advances the time. */
function later(byMs: number): void {
  const now = performance.now();
  vi.spyOn(performance, 'now').mockReturnValue(now + byMs);
}
afterEach(() => {
  vi.restoreAllMocks();
});

const no = () => Promise.resolve(false);
const yes = () => Promise.resolve(true);
const never = () => new Promise<boolean>(() => undefined);

describe('the window', () => {
  test('closes at once when it has no page to ask', () => {
    const { closing } = closingOf(null);
    expect(closing.mayClose()).toBe(true);
  });

  test('closes as soon as no page objects', async () => {
    const { closing, close } = closingOf(no(), null, no());
    expect(closing.mayClose()).toBe(false);
    await vi.waitFor(() => expect(close).toHaveBeenCalledOnce());
    expect(closing.mayClose()).toBe(true);
    expect(closing.question).toBeNull();
  });

  test('closes without a question when it is closed again while pages are asked, but not by a double click', () => {
    const { closing } = closingOf(never());
    expect(closing.mayClose()).toBe(false);
    for (let press = 0; press < 5; press++) {
      expect(closing.mayClose()).toBe(false);
      later(deliberateMs / 2);
    }
    later(2 * deliberateMs);
    expect(closing.mayClose()).toBe(true);
  });

  test('closes without a question when the system or the program ends', () => {
    const { closing } = closingOf(yes());
    closing.allow();
    expect(closing.mayClose()).toBe(true);
  });
});

describe('a page that objects', () => {
  test('is named; Stay keeps the window, and the next attempt asks again', async () => {
    const { closing, close } = closingOf(no(), yes(), yes());
    for (let attempt = 0; attempt < 2; attempt++) {
      expect(closing.mayClose()).toBe(false);
      await vi.waitFor(() => expect(closing.question).toEqual({ tabs: [2, 3], downloads: 0 }));
      closing.answer(false);
      expect(closing.question).toBeNull();
    }
    expect(close).not.toHaveBeenCalled();
  });

  test('is left on Leave, and by closing the window again, but not before the question can be read', async () => {
    const { closing, close } = closingOf(yes());
    closing.mayClose();
    later(2 * deliberateMs);
    await vi.waitFor(() => expect(closing.question).not.toBeNull());
    expect(closing.mayClose()).toBe(false);
    later(2 * deliberateMs);
    expect(closing.mayClose()).toBe(true);

    const other = closingOf(yes());
    other.closing.mayClose();
    await vi.waitFor(() => expect(other.closing.question).not.toBeNull());
    other.closing.answer(true);
    expect(other.close).toHaveBeenCalledOnce();
    expect(other.closing.mayClose()).toBe(true);
    expect(close).not.toHaveBeenCalled();
  });
});

test('a running download is asked about even if no page objects', async () => {
  running.downloads = 1;
  try {
    const { closing, close } = closingOf(no());
    expect(closing.mayClose()).toBe(false);
    await vi.waitFor(() => expect(closing.question).toEqual({ tabs: [], downloads: 1 }));
    closing.answer(true);
    expect(close).toHaveBeenCalledOnce();
    expect(closing.mayClose()).toBe(true);
  } finally {
    running.downloads = 0;
  }
});
