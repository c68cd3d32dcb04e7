import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { MissingHelpers, whyMissing } from './notices/missing-helpers.ts';
import { Notices } from './notices/notices.ts';
import { startWatchdog, watchdogName } from './watchdog.ts';

it('starts, and holds nothing but the pipe that it waits on', async () => {
  const pid = await startWatchdog('/no/such/profile');
  expect(readFileSync(`/proc/${pid}/cmdline`, 'latin1')).toContain(watchdogName);
  process.kill(pid ?? 0, 'SIGKILL');
});

it('rejects when it cannot be started, and that is said once', async () => {
  // A zero byte cannot be passed to a program: Node throws at once, where the system would refuse later.
  const error = await startWatchdog('a profile\0').catch((failure: unknown) => failure);
  expect(error).toBeInstanceOf(Error);
  const notices = new Notices();
  const missing = new MissingHelpers(notices);
  missing.say('watchdog', error);
  missing.say('watchdog', error);
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
