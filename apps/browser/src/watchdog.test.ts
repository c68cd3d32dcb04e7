import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { MissingHelpers, whyMissing } from './notices/missing-helpers.ts';
import { Notices } from './notices/notices.ts';
import { Watchdog, watchdogName } from './watchdog.ts';

const fail = (error: unknown) => {
  throw error;
};

it('starts, says so in its name, and is replaced when it ends', async () => {
  const watchdog = new Watchdog('/no/such/profile', fail);
  await watchdog.start();
  const { pid = 0 } = watchdog;
  expect(readFileSync(`/proc/${pid}/cmdline`, 'latin1')).toContain(`${watchdogName}\0/no/such/profile`);
  process.kill(pid, 'SIGKILL');
  await vi.waitFor(() => expect([undefined, pid]).not.toContain(watchdog.pid), { timeout: 5000 });
  process.kill(watchdog.pid ?? 0, 'SIGKILL');
});

it('is said to be missing, once, when it cannot be started', async () => {
  const notices = new Notices();
  const missing = new MissingHelpers(notices);
  // A zero byte cannot be passed to a program: Node throws at once, where the system would refuse later.
  const watchdog = new Watchdog('a profile\0', (error) => missing.say('watchdog', error));
  await watchdog.start();
  await watchdog.start();
  expect(watchdog.pid).toBeUndefined();
  expect(notices.all).toMatchObject([{ victim: 'watchdog', outcome: 'missing', why: 'other', times: 1 }]);
});

it.each([
  ['EMFILE', 'descriptors'],
  ['ENFILE', 'descriptors'],
  ['EAGAIN', 'processes'],
  ['ENOMEM', 'memory'],
  ['ENOENT', 'other'],
])('takes %s for too few %s', (code, why) => {
  expect(whyMissing(Object.assign(new Error(`spawn ${code}`), { code }))).toBe(why);
});
