import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Bulkhead } from './bulkhead.ts';
import { commandLineOf, having, isAlive, readStat } from './system.ts';
import { expect, test } from './test.ts';
import { Witness } from './witness.ts';

/** Returns the process of the browser whose command line contains this. */
async function processOf(bulkhead: Bulkhead, argument: string): Promise<number | undefined> {
  for (const pid of await bulkhead.processes()) {
    if ((await commandLineOf(pid)).some((each) => each.startsWith(argument)) && (await isAlive(pid))) return pid;
  }
  return undefined;
}

const gpu = '--type=gpu-process';
const network = '--utility-sub-type=network.mojom.NetworkService';

test('the GPU process may crash, be killed and hang: it is restarted, and a notice says what that cost', async ({
  launch,
  pages,
}) => {
  const bulkhead = await launch([pages.counter('Alpha')]);
  const witness = await Witness.of(bulkhead, 'Alpha', `${pages.origin}/Alpha`);
  // More often than Chromium itself allows before it ends the browser.
  for (const fault of ['gpukill', 'gpucrash', 'gpukill', 'gpukill', 'gpukill', 'gpukill', 'gpuhang']) {
    const before = await processOf(bulkhead, gpu);
    await bulkhead.go(`bulkhead://${fault}`);
    await expect.poll(() => processOf(bulkhead, gpu), { message: fault, timeout: 20_000 }).not.toBe(before);
    await expect(bulkhead.notice).toContainText(/The GPU process .* came back as process/);
    await expect(bulkhead.notice).toContainText('Longest silence of a tab');
    await bulkhead.dismissNotice();
  }
  await witness.expectUnharmed();
});

test('the network service may be killed: the next page still loads', async ({ launch, pages }) => {
  const bulkhead = await launch([pages.counter('Alpha')]);
  const witness = await Witness.of(bulkhead, 'Alpha', `${pages.origin}/Alpha`);
  const before = await processOf(bulkhead, network);
  await bulkhead.go('bulkhead://networkkill');
  await expect(bulkhead.notice).toContainText(/The network service was ended by SIGKILL and came back as process/);
  expect(await processOf(bulkhead, network)).not.toBe(before);
  // All of it can be read in a narrow window, too.
  const width = (pixels: number) =>
    bulkhead.application.evaluate(
      ({ BaseWindow }, wide) =>
        BaseWindow.getAllWindows()
          .find((each) => each.isVisible())
          ?.setContentSize(wide, 700),
      pixels,
    );
  await width(420);
  await expect.poll(() => bulkhead.shell.evaluate(() => innerWidth)).toBe(420);
  const text = bulkhead.notice.locator('span').first();
  expect(await text.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  await width(1280);
  await bulkhead.dismissNotice();
  await bulkhead.open(pages.counter('Beta'));
  await expect(bulkhead.tab('Beta')).toBeVisible();
  await witness.expectUnharmed();
});

test('a page that was loading when the network service ended is loaded again, or stays as far as it got', async ({
  launchUndriven,
  pages,
}) => {
  const asked: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    response.setHeader('Content-Type', 'text/html');
    const isAgain = asked.indexOf(url) < asked.length - 1;
    if (url === '/late' && isAgain) response.end('<title>Late</title>');
    else if (url === '/half') response.write('<title>Half</title>');
    else if (url !== '/late') response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const undriven = await launchUndriven([pages.counter('Alpha'), `${origin}/half`]);
  await expect.poll(() => undriven.tabs()).toContainEqual(expect.stringContaining('Half'));
  await undriven.press('bulkhead://shell', 'T', 'control');
  await expect.poll(async () => (await undriven.tabs()).length).toBe(3);
  await undriven.go(`${origin}/late`);
  await expect.poll(() => asked).toContain('/late');

  for (const pid of await having(network, undriven.pid)) process.kill(pid, 'SIGKILL');
  await expect.poll(() => undriven.tabs()).toContainEqual(expect.stringContaining('Late'));
  const loading = () =>
    undriven.evaluate(({ webContents }) =>
      webContents
        .getAllWebContents()
        .filter((each) => each.isLoadingMainFrame())
        .map((each) => each.getURL()),
    );
  await expect.poll(loading).toEqual([]);
  expect(await undriven.tabs()).toContainEqual(expect.stringContaining('Half'));
  expect(asked.filter((each) => each === '/half')).toHaveLength(1);
  server.closeAllConnections();
  server.close();
});

test('the shell still loads when the network service ends during its load', async ({ launchUndriven, pages }) => {
  const undriven = await launchUndriven([pages.counter('Alpha')]);
  const [pid = 0] = await having(network, undriven.pid);
  await undriven.inShell('globalThis.isOld = true');
  await undriven.evaluate(({ webContents }, service) => {
    const shell = webContents.getAllWebContents().find((each) => each.getURL().startsWith('bulkhead://shell'));
    shell?.once('did-start-navigation', () => process.kill(service, 'SIGKILL'));
    shell?.reload();
  }, pid);
  const isNew = `!globalThis.isOld && document.querySelector('[role=tab]') !== null`;
  await expect.poll(() => undriven.inShell<boolean>(isNew).catch(() => false)).toBe(true);
});

test('a shell that hangs is ended and comes back with the text in the address bar', async ({ launch, pages }) => {
  const bulkhead = await launch([pages.counter('Alpha')]);
  const pid = await bulkhead.pidOfTab('Alpha');
  const before = await bulkhead.pidOfShell();
  await bulkhead.address.fill('half a thought');
  await bulkhead.shell.evaluate(() => {
    setTimeout(() => {
      for (;;);
    });
  });
  await expect.poll(() => isAlive(before), { timeout: 20_000 }).toBe(false);
  await expect.poll(() => bulkhead.pidOfShell()).not.toBe(before);
  const text = () => bulkhead.askShell<string>(`document.querySelector('[role=combobox]')?.value`);
  await expect.poll(text, { timeout: 20_000 }).toBe('half a thought');
  expect((await readStat(pid))?.state).not.toBe('T');
});

for (const address of ['bulkhead://shellcrash', 'bulkhead://shellhang']) {
  test(`the shell has a new process soon after ${address} is typed, with the same tabs`, async ({ launch, pages }) => {
    const bulkhead = await launch([pages.counter('Alpha')]);
    const pid = await bulkhead.pidOfTab('Alpha');
    const document = await (await bulkhead.page(`${pages.origin}/Alpha`)).evaluate(() => performance.timeOrigin);
    const before = await bulkhead.pidOfShell();
    // Playwright gives up the shell, with or without an answer.
    await bulkhead.go(address).catch(() => undefined);
    await expect.poll(() => isAlive(before), { timeout: 20_000 }).toBe(false);
    const strip = () => bulkhead.askShell<string>(`document.querySelector('[role=tab]')?.title`);
    await expect.poll(strip, { timeout: 20_000 }).toContain(`Process ${pid}`);
    expect(await bulkhead.pidOfShell()).not.toBe(before);
    const page = await bulkhead.page(`${pages.origin}/Alpha`);
    expect(await page.evaluate(() => performance.timeOrigin)).toBe(document);
  });
}
