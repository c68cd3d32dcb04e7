import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { readStat, switchesOf } from './system.ts';
import { expect, test } from './test.ts';
import { Witness } from './witness.ts';

test('a background tab that hangs is marked and can be ended; the others continue', async ({ share, pages }) => {
  const bulkhead = await share([pages.counter('Alpha'), pages.counter('Victim')]);
  const witness = await Witness.of(bulkhead, 'Alpha', `${pages.origin}/Alpha`);
  await bulkhead.activate('Victim');
  const pid = await bulkhead.pidOfTab('Victim');
  await bulkhead.go('bulkhead://hang');
  await bulkhead.activate('Alpha');
  await expect(bulkhead.tab('Victim')).toHaveAttribute('title', /Does not answer/);

  await bulkhead.activate('Victim');
  const dialog = bulkhead.shell.getByRole('alertdialog', { name: 'Victim does not answer' });
  await expect(dialog).toContainText(String(pid));
  // The dialog has the keyboard focus, so Escape chooses to wait.
  await expect.poll(() => bulkhead.focused()).toBe('bulkhead://shell/');
  await bulkhead.press('bulkhead://shell', 'Escape');
  await expect(dialog).toHaveCount(0);
  // It appears again while the tab stays silent.
  await expect(dialog).toBeVisible({ timeout: 20_000 });
  await dialog.getByRole('button', { name: 'End process' }).click();
  await expect(bulkhead.insteadOfPage).toContainText('This tab stopped answering and was ended');
  await expect(dialog).toHaveCount(0);
  await witness.expectUnharmed();
});

test('a seen page that has done nothing is found, too, when it waits for its server endlessly', async ({
  launch,
  pages,
}) => {
  const address = pages.html('Still', '<h1>Still</h1>');
  const bulkhead = await launch([address]);
  const page = await bulkhead.page(address);
  const pid = await bulkhead.pidOfTab('Still');
  // The server accepts the request, and never answers.
  const server = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const wakeups = async () => {
      const before = await switchesOf(pid);
      await sleep(1200);
      return (await switchesOf(pid)) - before;
    };
    await expect.poll(wakeups, { intervals: [0], timeout: 60_000 }).toBe(0);
    await page.evaluate(
      (port) =>
        void setTimeout(() => {
          const request = new XMLHttpRequest();
          request.open('GET', `http://127.0.0.1:${port}/`, false);
          request.send();
        }),
      (server.address() as AddressInfo).port,
    );
    // It may start to wait just after it has answered. Then it is found when it is asked the next time.
    await expect(bulkhead.tab('Still')).toHaveAttribute('title', /Does not answer/, { timeout: 40_000 });
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test('the mark of a hang disappears by itself when the page is responsive again', async ({ launch, pages }) => {
  const bulkhead = await launch([
    pages.html(
      'Slow',
      '<script>setTimeout(() => { const end = Date.now() + 6000; while (Date.now() < end); }, 500)</script>',
    ),
  ]);
  const dialog = bulkhead.shell.getByRole('alertdialog', { name: 'Slow does not answer' });
  await expect(dialog).toBeVisible();
  await expect(dialog).toHaveCount(0);
  await expect(bulkhead.insteadOfPage).toHaveCount(0);
});

test('a page that hangs in its first script is found, too, and ended and reloaded by keyboard alone', async ({
  launch,
  pages,
}) => {
  const stuck = pages.html('Stuck', '<input><script>for (;;);</script>');
  const bulkhead = await launch([stuck]);
  const dialog = bulkhead.shell.getByRole('alertdialog', { name: 'Stuck does not answer' });
  await expect(dialog.getByRole('button', { name: 'Wait' })).toBeFocused();
  await expect(bulkhead.tab('Stuck')).toHaveAttribute('title', /Does not answer/);
  // The page had the keyboard focus, and would never handle a key.
  const shell = 'bulkhead://shell/';
  await expect.poll(() => bulkhead.focused()).toBe(shell);
  await bulkhead.press(shell, 'Tab');
  await expect(dialog.getByRole('button', { name: 'End process' })).toBeFocused();
  await bulkhead.press(shell, 'Space');
  await expect(bulkhead.insteadOfPage).toContainText('This tab stopped answering and was ended');
  await expect(bulkhead.insteadOfPage.getByRole('button', { name: 'Reload' })).toBeFocused();
  expect(await bulkhead.focused()).toBe(shell);

  pages.html('Stuck', '<input>');
  await bulkhead.press(shell, 'Space');
  await expect(bulkhead.insteadOfPage).toHaveCount(0);
  await expect.poll(() => bulkhead.focused()).toBe(stuck);
});

test('a stopped process is told from a busy one, and recovers when it is continued', async ({ share, pages }) => {
  const bulkhead = await share([pages.counter('Victim')]);
  const witness = await Witness.of(bulkhead, 'Victim', `${pages.origin}/Victim`);
  await bulkhead.go('bulkhead://stop');
  const dialog = bulkhead.shell.getByRole('alertdialog', { name: 'Victim is stopped' });
  await expect(dialog).toContainText('It is not busy');
  expect((await readStat(witness.pid))?.state).toBe('T');
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await expect(dialog).toHaveCount(0);
  expect((await readStat(witness.pid))?.state).not.toBe('T');
  expect(await bulkhead.pidOfTab('Victim')).toBe(witness.pid);
});

test('all tabs that share a hanging process are named', async ({ share, pages }) => {
  const child = pages.counter('Child');
  const bulkhead = await share([pages.html('Opener', `<button onclick="window.open('${child}')">Open</button>`)]);
  await (await bulkhead.page(`${pages.origin}/Opener`)).getByRole('button').click();
  await expect(bulkhead.tab('Child')).toBeVisible();
  expect(await bulkhead.pidOfTab('Child')).toBe(await bulkhead.pidOfTab('Opener'));
  await bulkhead.activate('Opener');
  await bulkhead.go('bulkhead://hang');
  const dialog = bulkhead.shell.getByRole('alertdialog', { name: 'Opener does not answer' });
  await expect(dialog).toContainText('Child');
  await dialog.getByRole('button', { name: 'End process' }).click();
  await expect(bulkhead.insteadOfPage).toContainText('This tab stopped answering and was ended');
  await expect(bulkhead.tab('Child')).toHaveAttribute('title', /Its process has ended/);
});

test('a page held by a debugger does not hang, however long; a page that hangs after its release does', async ({
  share,
  pages,
}) => {
  const held = pages.html('Held', '');
  const bulkhead = await share([held, pages.counter('Busy')]);
  const pid = await bulkhead.pidOfTab('Held');
  await bulkhead.application.evaluate(async ({ webContents }, address) => {
    const contents = webContents.getAllWebContents().find((each) => each.getURL() === address);
    contents?.debugger.attach('1.3');
    await contents?.debugger.sendCommand('Debugger.enable');
    await contents?.executeJavaScript('setTimeout(() => { debugger; for (;;); }); 0');
  }, held);
  // Its heartbeats stop before the other page's. When that one is found to hang, this one would have been found, too.
  await expect(bulkhead.statusBar).toContainText(`PID ${pid} held by a debugger`);
  await bulkhead.activate('Busy');
  await bulkhead.go('bulkhead://hang');
  await expect(bulkhead.tab('Busy')).toHaveAttribute('title', /Does not answer/);
  await expect(bulkhead.tab('Held')).toHaveAttribute('title', /Held by a debugger/);
  await expect(bulkhead.tab('Held')).not.toHaveAttribute('title', /Does not answer/);
  await bulkhead.shell.getByRole('alertdialog').getByRole('button', { name: 'End process' }).click();
  await bulkhead.activate('Held');
  await expect(bulkhead.shell.getByRole('alertdialog')).toHaveCount(0);

  await bulkhead.application.evaluate(({ webContents }, address) => {
    webContents
      .getAllWebContents()
      .find((each) => each.getURL() === address)
      ?.debugger.detach();
  }, held);
  const dialog = bulkhead.shell.getByRole('alertdialog', { name: 'Held does not answer' });
  await dialog.getByRole('button', { name: 'End process' }).click();
  await expect(bulkhead.insteadOfPage).toContainText('This tab stopped answering and was ended');
});
