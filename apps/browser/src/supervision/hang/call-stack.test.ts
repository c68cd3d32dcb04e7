import type { WebContents } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { callStackOf } from './call-stack.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Contents whose main frame has this method, or none, as before a late version of Electron 33. */
const contentsWith = (collectJavaScriptCallStack?: () => Promise<string>) =>
  ({ mainFrame: { ...(collectJavaScriptCallStack && { collectJavaScriptCallStack }) } }) as unknown as WebContents;

test('an Electron that cannot provide the call stack of a page gives none', async () => {
  expect(await callStackOf(contentsWith())).toBeNull();
});

test('the call stack of a page is what Electron provides', async () => {
  expect(await callStackOf(contentsWith(async () => 'at endlessLoop'))).toBe('at endlessLoop');
});

test('a page that runs no script, or is gone, has no call stack, and is not waited for', async () => {
  const stack = callStackOf(contentsWith(() => new Promise(() => undefined)));
  await vi.advanceTimersByTimeAsync(2000);
  expect(await stack).toBeNull();
  expect(await callStackOf(contentsWith(() => Promise.reject(new Error('gone'))))).toBeNull();
});
