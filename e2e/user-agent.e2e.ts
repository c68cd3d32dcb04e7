import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from './test.ts';

const page = `<!doctype html><title>Agent</title><iframe src="/frame"></iframe><script>
window.seen = Promise.all([
  navigator.userAgent,
  new Promise((resolve) => document.querySelector('iframe').onload = ({ target }) => resolve(target.contentWindow.navigator.userAgent)),
  new Promise((resolve) => new Worker('/worker.js').onmessage = ({ data }) => resolve(data)),
  new Promise((resolve) => new SharedWorker('/shared.js').port.onmessage = ({ data }) => resolve(data)),
  navigator.serviceWorker.register('/service.js').then(() => navigator.serviceWorker.ready).then(({ active }) =>
    new Promise((resolve) => {
      navigator.serviceWorker.onmessage = ({ data }) => resolve(data);
      active.postMessage('');
    })),
]);
</script>`;
const scripts: Readonly<Record<string, string>> = {
  '/worker.js': 'postMessage(navigator.userAgent); fetch("/by-worker")',
  '/shared.js': 'onconnect = ({ ports: [port] }) => port.postMessage(navigator.userAgent); fetch("/by-shared-worker")',
  '/service.js': 'onmessage = ({ source }) => { source.postMessage(navigator.userAgent); fetch("/by-service-worker") }',
};

test("a site sees Chrome's user agent from every frame and worker, and nothing of Bulkhead", async ({ launch }) => {
  const requests = new Map<string, IncomingHttpHeaders>();
  const server = createServer(({ url = '', headers }, response) => {
    requests.set(url, headers);
    const script = scripts[url];
    response.setHeader('Content-Type', script ? 'text/javascript' : 'text/html').end(script ?? page);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const bulkhead = await launch([address]);
  try {
    const seen = await (await bulkhead.page(address)).evaluate('seen');
    const { chrome } = await bulkhead.application.evaluate(() => process.versions);
    const major = chrome?.split('.')[0];
    const expected = `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${major}.0.0.0 Safari/537.36`;
    expect(seen).toEqual(Array.from({ length: 5 }, () => expected));
    await expect
      .poll(() => [...requests.keys()])
      .toEqual(
        expect.arrayContaining(['/', '/frame', '/by-worker', '/by-shared-worker', '/by-service-worker', '/service.js']),
      );
    for (const headers of requests.values()) {
      expect(headers['user-agent']).toBe(expected);
      expect(JSON.stringify(headers)).not.toMatch(/Bulkhead|Electron/i);
    }
    // Electron's brand is Chromium's: it contains neither Electron's name nor Bulkhead's.
    const brands = await (await bulkhead.page(address)).evaluate('navigator.userAgentData.brands');
    expect(brands).toContainEqual({ brand: 'Chromium', version: major });
    expect(JSON.stringify(brands)).not.toMatch(/Bulkhead|Electron/i);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
