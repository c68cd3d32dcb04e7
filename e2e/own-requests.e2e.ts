import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from './test.ts';

test('the browser makes no network requests of its own', async ({ launchUndriven, pages }) => {
  const asked: string[] = [];
  const proxy = createServer(({ method, url }, response) => {
    asked.push(`${method} ${url}`);
    response
      .writeHead(200, { 'Content-Type': 'text/html' })
      .end('<title>Elsewhere</title><link rel="icon" href="data:,">');
  });
  proxy.on('connect', ({ url }, socket) => {
    asked.push(`CONNECT ${url}`);
    socket.end('HTTP/1.1 502 No\r\n\r\n');
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const { port } = proxy.address() as AddressInfo;
  // Requests to this machine bypass the proxy.
  const page = pages.html('Field', '<textarea></textarea>');
  const undriven = await launchUndriven([page], { switches: [`--proxy-server=127.0.0.1:${port}`] });
  await undriven.click(page, 'textarea');
  for (const key of 'wrogn ') await undriven.press(page, key);
  await expect.poll(() => undriven.inPage(page, `document.querySelector('textarea').value`)).toBe('wrogn ');
  await undriven.go('http://elsewhere.example/');
  await expect.poll(() => undriven.tabs()).toEqual([expect.stringContaining('Elsewhere')]);
  expect(asked).toEqual(['GET http://elsewhere.example/']);
  proxy.closeAllConnections();
  proxy.close();
});
