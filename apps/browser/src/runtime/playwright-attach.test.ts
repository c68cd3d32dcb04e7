import { expect, test, vi } from 'vitest';
import { driverAttached } from './playwright-attach.ts';

const driven = ['/x/electron', '--inspect=0', '--remote-debugging-port=0', '/x/app'];

test('does not wait when Playwright has not started the program', async () => {
  await expect(driverAttached(['/x/electron', '/x/app'])).resolves.toBeUndefined();
  await expect(driverAttached(['/x/electron', '--remote-debugging-port=0', '/x/app'])).resolves.toBeUndefined();
});

test('waits for Playwright until it has attached', async () => {
  const attached = driverAttached(driven);
  let settled = false;
  void attached.then(() => (settled = true));
  await Promise.resolve();
  expect(settled).toBe(false);
  // As Playwright does it, by name, in the global scope.
  new Function('__playwright_run()')();
  await attached;
});

test('does not wait forever when Playwright does not attach', async () => {
  vi.useFakeTimers();
  try {
    const attached = driverAttached(driven);
    await vi.runAllTimersAsync();
    await attached;
  } finally {
    vi.useRealTimers();
  }
});
