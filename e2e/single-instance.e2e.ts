import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, readlink, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { onDisk } from './session.ts';
import { startAgain } from './start-again.ts';
import { aliveOf, browserOf, familyOf, sendSignal } from './system.ts';
import { expect, test } from './test.ts';

test('a second start on the same profile passes its addresses on and ends', async ({ launch, pages, folder }) => {
  const bulkhead = await launch([pages.counter('Alpha')]);
  const pid = await bulkhead.pidOfTab('Alpha');
  await writeFile(path.join(folder, 'note.html'), '<title>Note</title>');
  const second = await startAgain(['--profile', bulkhead.profile, pages.counter('Beta'), 'note.html'], folder);
  expect(second, second.output).toMatchObject({ exitCode: 0, signal: null });
  expect(second.output).toContain('its window takes the addresses over');
  await expect(bulkhead.tabs).toHaveText([/Alpha/, /Beta/, /Note/]);
  await expect(bulkhead.tab('Note')).toHaveAttribute('aria-selected', 'true');
  expect(await bulkhead.pidOfTab('Alpha')).toBe(pid);

  const third = await startAgain(['--profile', bulkhead.profile], folder);
  expect(third.exitCode, third.output).toBe(0);
  await expect(bulkhead.tabs).toHaveCount(3);

  // A profile that is refused for another reason is not reported as open.
  const impossible = await startAgain(['--profile', path.join(folder, 'note.html')], folder);
  expect(impossible, impossible.output).toMatchObject({ exitCode: 1, signal: null });
  expect(impossible.output).toContain(
    `The profile cannot be kept in ${folder}/note.html (it is a file, not a folder).`,
  );
  expect(impossible.output).not.toContain('is open already');
});

test('addresses passed on while the window closes are opened by the next start', async ({
  launchUndriven,
  pages,
  folder,
}) => {
  const profile = path.join(folder, 'profile');
  const slow = pages.html('Slow', `<script>addEventListener('pagehide', () => { for (;;); })</script>`);
  const undriven = await launchUndriven([slow], { profile });
  await undriven.evaluate(
    ({ app, BaseWindow }, addresses) => {
      const handOver = () => {
        for (const address of addresses) app.emit('second-instance', {}, [], '/', { addresses: [address] });
      };
      for (const window of BaseWindow.getAllWindows()) {
        // The page is asked first. It runs its last handlers when the window is hidden.
        window.once('hide', () => setImmediate(handOver));
        window.close();
      }
    },
    [pages.counter('Beta'), pages.counter('Gamma')],
  );
  await undriven.ended();
  expect(undriven.exitCode).toBe(0);
  const next = async () => {
    const pid = await browserOf(profile);
    return pid === undriven.pid ? undefined : pid;
  };
  await expect.poll(next, { timeout: 40_000 }).toBeGreaterThan(0);
  const successor = (await next()) ?? 0;
  try {
    await expect
      .poll(() => onDisk(profile), { timeout: 40_000 })
      .toMatchObject({ titles: expect.arrayContaining(['Beta', 'Gamma']) });
  } finally {
    const left = await familyOf(successor);
    sendSignal(successor, 'SIGTERM');
    await expect.poll(() => aliveOf(left), { timeout: 20_000 }).toEqual([]);
  }
});

/** Returns a name in shared memory as that process would create it. */
async function nameOf(pid: number, startTime: string): Promise<string> {
  const namespace = /\d+/.exec(await readlink('/proc/self/ns/pid'))?.[0];
  return `/dev/shm/bulkhead-${pid}-${startTime}-${namespace}-${randomBytes(12).toString('hex')}`;
}

test('two profiles run side by side, and the end of one does not affect the other', async ({ launch, pages }) => {
  // The start removes names of dead processes, and keeps names of living ones.
  const ownStart = (await readFile('/proc/self/stat', 'latin1')).split(') ').at(-1)?.split(' ')[19] ?? '';
  const [dead, living] = [await nameOf(spawnSync('true').pid, '1'), await nameOf(process.pid, ownStart)];
  for (const name of [dead, living]) await writeFile(name, '');
  const first = await launch([pages.counter('Alpha')]);
  await expect.poll(() => existsSync(dead)).toBe(false);
  expect(existsSync(living)).toBe(true);
  await rm(living);
  const second = await launch([pages.counter('Beta')]);
  await expect(first.tabs).toHaveText([/Alpha/]);
  await expect(second.tabs).toHaveText([/Beta/]);
  expect(first.profile).not.toBe(second.profile);
  const pid = await first.pidOfTab('Alpha');
  await second.application.close();
  await expect(first.statusBar).toContainText(`PID ${pid} answers`);
  await first.button('New tab').click();
  await expect(first.tabs).toHaveCount(2);
});
