import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { readStat } from '../processes/proc.ts';
import { MissingHelpers, whyMissing } from '../supervision/notices/missing-helpers.ts';
import { Notices } from '../supervision/notices/notices.ts';
import { Watchdog, watchdogName } from './watchdog.ts';

/** Watchdogs that a watchdog has started. */
function watchdogsBelow(pid: number): string[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
  return children.filter((child) => readFileSync(`/proc/${child}/cmdline`, 'latin1').includes(watchdogName));
}

const fail = (error: unknown) => {
  throw error;
};

it('starts under its name, and is replaced when it ends', async () => {
  const watchdog = new Watchdog('/no/such/profile', fail);
  await watchdog.start();
  const { pid = 0 } = watchdog;
  expect(readFileSync(`/proc/${pid}/cmdline`, 'latin1')).toContain(`${watchdogName}\0/no/such/profile`);
  process.kill(pid, 'SIGKILL');
  await vi.waitFor(() => expect([undefined, pid]).not.toContain(watchdog.pid), { timeout: 5000 });
  process.kill(watchdog.pid ?? 0, 'SIGKILL');
});

it('ends the browser that stands still during shutdown, and no other process that has reused its PID', async () => {
  const children = [spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e9)'])];
  children.push(spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e9)']));
  const [browser, bystander] = children.map(({ pid = 0 }) => pid);
  try {
    for (const [pid = 0, later] of [[browser, 0] as const, [bystander, 1] as const]) {
      const { startTicks = 0 } = (await readStat(pid)) ?? {};
      const watchdog = new Watchdog('/no/such/profile', fail);
      // This process was started a moment after the browser that had its PID.
      await watchdog.start({ pid, startTicks: startTicks - later, session: -1 });
      const own = watchdog.pid ?? 0;
      watchdog.end();
      await vi.waitFor(async () => expect(await readStat(own)).toBeUndefined(), { timeout: 15_000 });
    }
    await vi.waitFor(() => expect(children.map(({ signalCode }) => signalCode)).toEqual(['SIGKILL', null]));
  } finally {
    for (const child of children) child.kill('SIGKILL');
  }
}, 40_000);

it('ends the browser that stands still during shutdown although the watchdog is killed then', async () => {
  const browser = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e9)']);
  try {
    const { startTicks = 0 } = (await readStat(browser.pid ?? 0)) ?? {};
    const watchdog = new Watchdog('/no/such/profile', fail);
    await watchdog.start({ pid: browser.pid ?? 0, startTicks, session: -1 });
    const own = watchdog.pid ?? 0;
    watchdog.end();
    await vi.waitFor(() => expect(watchdogsBelow(own)).toHaveLength(1), { timeout: 5000 });
    // The browser's own code does not run any more, so none is started in its place.
    vi.spyOn(watchdog, 'start').mockResolvedValue();
    process.kill(own, 'SIGKILL');
    await vi.waitFor(() => expect(browser.signalCode).toBe('SIGKILL'), { timeout: 15_000 });
  } finally {
    browser.kill('SIGKILL');
  }
}, 40_000);

it('is reported as missing, once, when it cannot be started', async () => {
  const notices = new Notices();
  const missing = new MissingHelpers(notices);
  // A zero byte cannot be passed to a program: Node throws at once, where the system would fail later.
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
])('reports %s as too few %s', (code, why) => {
  expect(whyMissing(Object.assign(new Error(`spawn ${code}`), { code }))).toBe(why);
});
