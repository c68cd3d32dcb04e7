import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { having } from './system.ts';
import { expect, test } from './test.ts';
import type { Undriven } from './undriven.ts';

/** `silent`: accepts requests and answers none. */
async function listen(port: number, { silent = false } = {}): Promise<Server> {
  const server = createServer((_request, response) => {
    if (!silent) response.setHeader('Content-Type', 'text/html').end('<title>Up</title>');
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function down(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}

test('the window goes on after a tab is closed whose page could not be loaded', async ({ launch, pages }) => {
  const bulkhead = await launch([pages.counter('Alpha'), 'http://127.0.0.1:1/']);
  await bulkhead.tabs.last().click();
  await expect(bulkhead.insteadOfPage).toContainText('could not be loaded');
  await bulkhead.tabs.last().click({ button: 'middle' });
  await expect(bulkhead.tabs).toHaveText([/Alpha/]);
  await expect(bulkhead.insteadOfPage).toHaveCount(0);
  await bulkhead.button('Kill this tab').click();
  await expect(bulkhead.insteadOfPage).toContainText('SIGKILL');
});

test('a page that cannot be loaded says why, and loads once its server is up', async ({ launch, pages }) => {
  // A port that was free a moment ago.
  const reserved = await listen(0);
  const { port } = reserved.address() as AddressInfo;
  reserved.close();
  await once(reserved, 'close');
  const address = `http://127.0.0.1:${port}/`;
  const bulkhead = await launch([address, pages.counter('Alpha')]);
  const failure = bulkhead.insteadOfPage;
  await expect(failure.getByRole('heading')).toHaveText('This page could not be loaded');
  await expect(failure).toContainText('The server refused the connection.');
  await expect(failure).toContainText('ERR_CONNECTION_REFUSED (-102)');
  await expect(failure).toContainText(address);
  await expect(bulkhead.address).toHaveValue(address);

  await failure.getByRole('button', { name: 'Reload' }).click();
  await bulkhead.toolbar.getByRole('button', { name: 'Reload' }).click();
  await expect(failure).toContainText('ERR_CONNECTION_REFUSED');
  await bulkhead.activate('Alpha');
  await expect(failure).toHaveCount(0);

  const server = await listen(port);
  await bulkhead.tabs.first().click();
  await failure.getByRole('button', { name: 'Reload' }).click();
  await expect(bulkhead.tab('Up')).toBeVisible();
  await expect(failure).toHaveCount(0);
  await bulkhead.showFigures();
  await expect(bulkhead.statusBar).toContainText(/[1-9]\d* beats/);

  // Its process is killed. Reloaded, it waits for its server in vain, and says so in place of the sad tab.
  await bulkhead.button('Kill this tab').click();
  await expect(failure).toContainText('SIGKILL');
  await down(server);
  const silent = await listen(port, { silent: true });
  await failure.getByRole('button', { name: 'Reload' }).click();
  await expect(bulkhead.tab('Up')).toHaveAttribute('title', /Loading/);
  await expect(failure).toContainText('SIGKILL');
  await down(silent);
  await expect(failure.getByRole('heading')).toHaveText('This page could not be loaded');
  // It has no process that could be broken.
  await expect(bulkhead.statusBar).toContainText('no process');
  await expect(bulkhead.button('Kill this tab')).toBeDisabled();

  // The server is down, but the history is still there.
  await bulkhead.toolbar.getByRole('button', { name: 'Reload' }).click();
  await expect(failure).toContainText('ERR_CONNECTION_REFUSED');
  await bulkhead.go(`${pages.origin}/Alpha`);
  await expect(bulkhead.tab('Alpha')).toHaveCount(2);
  await expect(failure).toHaveCount(0);
  await bulkhead.button('Back').click();
  await expect(failure).toContainText('ERR_CONNECTION_REFUSED');
});

const half = '<title>Half</title><p>The beginning</p>';
const rest = '<p>The rest</p>';
const warning = 'This page may be incomplete';

/** Serves a page that is cut off the first time. `kill` ends the network service. */
const cuts: Record<string, (response: ServerResponse, kill: () => void) => void> = {
  'its server, with a length': (response) => {
    response.setHeader('Content-Length', 100_000).write(half);
    setTimeout(() => response.destroy(), 500);
  },
  'its server, without a length': (response) => {
    response.write(half);
    setTimeout(() => response.destroy(), 500);
  },
  'the end of the network service': (response, kill) => {
    response.write(half);
    setTimeout(kill, 500);
  },
};

const loadingBelow = (undriven: Undriven, origin: string) =>
  undriven.evaluate(
    ({ webContents }, asked) =>
      webContents.getAllWebContents().some((each) => each.getURL().startsWith(asked) && each.isLoading()),
    origin,
  );

for (const [by, cut] of Object.entries(cuts)) {
  test(`a page cut off by ${by} stays as far as it got, says so, and can be reloaded`, async ({
    launchUndriven,
    pages,
  }) => {
    const undriven = await launchUndriven([pages.counter('Alpha')]);
    const [network = 0] = await having('--utility-sub-type=network.mojom.NetworkService', undriven.pid);
    let loads = 0;
    const server = createServer(({ url }, response) => {
      response.setHeader('Content-Type', 'text/html');
      if (url !== '/') response.end();
      else if (++loads % 2 === 1) cut(response, () => process.kill(network, 'SIGKILL'));
      else response.end(half + rest);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    try {
      await undriven.go(address);
      await expect.poll(() => undriven.shellText(), { timeout: 20_000 }).toContain(warning);
      const text = () => undriven.inPage<string>(address, 'document.body.innerText').catch(() => '');
      expect(await text()).toBe('The beginning');
      expect(await loadingBelow(undriven, address)).toBe(false);
      await undriven.inShell(
        `[...document.querySelectorAll('[role=status] button')].find((each) => each.textContent.trim() === 'Reload').click()`,
      );
      await expect.poll(text).toContain('The rest');
      await expect.poll(() => undriven.shellText()).not.toContain(warning);
    } finally {
      await down(server);
    }
  });
}

test('a page that loses an image with the network service, or that the user stops, is not marked incomplete', async ({
  launchUndriven,
  pages,
}) => {
  const undriven = await launchUndriven([pages.counter('Alpha')]);
  const [network = 0] = await having('--utility-sub-type=network.mojom.NetworkService', undriven.pid);
  const asked: (string | undefined)[] = [];
  const server = createServer(({ url }, response) => {
    asked.push(url);
    response.setHeader('Content-Type', url === '/image' ? 'image/svg+xml' : 'text/html');
    if (url === '/image') response.write('<svg');
    else if (url === '/') response.end(`${half}<img src="/image">`);
    else if (url === '/stopped') response.write(half);
    else response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const isLoading = () => loadingBelow(undriven, origin);
  try {
    await undriven.go(`${origin}/`);
    await expect.poll(() => asked).toContain('/image');
    expect(await isLoading()).toBe(true);
    process.kill(network, 'SIGKILL');
    await expect.poll(isLoading).toBe(false);
    await expect.poll(() => undriven.shellText()).toContain('The network service was ended by SIGKILL and came back');
    expect(await undriven.shellText()).not.toContain(warning);
    await undriven.go(`${origin}/stopped`);
    await expect.poll(() => undriven.pages()).toContain(`${origin}/stopped`);
    await undriven.press('bulkhead://shell', 'Escape');
    await expect.poll(isLoading).toBe(false);
    expect(await undriven.shellText()).not.toContain(warning);
  } finally {
    await down(server);
  }
});
