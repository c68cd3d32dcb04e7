import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from './test.ts';

/** `silent`: takes questions and answers none. */
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

  // Its process is killed; loaded again it waits for its server, in vain, and says so in the place of the sad tab.
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

  // Down: its history is there all the same.
  await bulkhead.toolbar.getByRole('button', { name: 'Reload' }).click();
  await expect(failure).toContainText('ERR_CONNECTION_REFUSED');
  await bulkhead.go(`${pages.origin}/Alpha`);
  await expect(bulkhead.tab('Alpha')).toHaveCount(2);
  await expect(failure).toHaveCount(0);
  await bulkhead.button('Back').click();
  await expect(failure).toContainText('ERR_CONNECTION_REFUSED');
});
