import { expect, test, vi } from 'vitest';
import { driverAttached } from './playwright-attach.ts';

const driven = ['/x/electron', '--inspect=0', '--remote-debugging-port=0', '/x/app'];

test('nobody is waited for where no driver has started the program', async () => {
  await expect(driverAttached(['/x/electron', '/x/app'])).resolves.toBeUndefined();
  await expect(driverAttached(['/x/electron', '--remote-debugging-port=0', '/x/app'])).resolves.toBeUndefined();
});

test('a driver is waited for until it says that it has attached', async () => {
  const attached = driverAttached(driven);
  let settled = false;
  void attached.then(() => (settled = true));
  await Promise.resolve();
  expect(settled).toBe(false);
  // As the driver does it, by name, in the global scope.
  new Function('__playwright_run()')();
  await attached;
});

test('a driver that never says so is not waited for for ever', async () => {
  vi.useFakeTimers();
  try {
    const attached = driverAttached(driven);
    await vi.runAllTimersAsync();
    await attached;
  } finally {
    vi.useRealTimers();
  }
});
