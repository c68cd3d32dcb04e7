import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from './test.ts';

const forbidden = [
  'bulkhead://newtab/',
  'bulkhead://processes/',
  'file:///etc/passwd',
  'chrome://gpu/',
  'chrome://kill/',
];

test('a web page can access nothing of Node or Electron, and no port of the browser', async ({ share, pages }) => {
  const listening = pages.html(
    'Listening',
    `<script>
      const heard = [];
      addEventListener('message', ({ data, ports }) => heard.push([String(data), ports.length]), true);
    </script>`,
  );
  const bulkhead = await share([listening, 'bulkhead://newtab']);
  const page = await bulkhead.page(listening);
  await bulkhead.showFigures();
  // By now its tab has its port, and the plugin has its own port to it.
  await expect(bulkhead.statusBar).toContainText(/[1-9]\d* beats/);
  await bulkhead.pidOfPlugin();
  const seen = await page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron', '__dirname'].filter(
      (name) => name in globalThis,
    ),
  );
  expect(seen).toEqual([]);
  expect(await page.evaluate('heard')).toEqual([]);

  // A tab that showed an internal page passes nothing of it on to the next page.
  await bulkhead.activate('New tab');
  await bulkhead.go(listening);
  await expect(bulkhead.tab('Listening')).toHaveCount(2);
  await expect(bulkhead.statusBar).toContainText(/[1-9]\d* beats/);
  for (const each of bulkhead.application.windows().filter((window) => window.url() === listening)) {
    expect(await each.evaluate('heard')).toEqual([]);
  }
});

/** Tries, in the page, to access an address in every way that keeps the page itself where it is. */
async function reachFor(address: string) {
  const settled = <Made extends HTMLElement>(tag: string, properties: Partial<Made>) =>
    new Promise<'came' | 'refused'>((resolve) => {
      const element = document.createElement(tag);
      element.onload = () => resolve('came');
      element.onerror = () => resolve('refused');
      document.body.append(Object.assign(element, properties));
    });
  const link = Object.assign(document.createElement('a'), { href: address, target: '_blank' });
  // The content of the frame is read from outside, after everything else was answered.
  document.body.append(link, Object.assign(document.createElement('iframe'), { src: address }));
  link.click();
  return {
    opened: window.open(address) !== null || window.open(address, '', 'noopener') !== null,
    fetched: await fetch(address, { mode: 'no-cors' }).then(
      () => true,
      () => false,
    ),
    script: await settled<HTMLScriptElement>('script', { src: address }),
    style: await settled<HTMLLinkElement>('link', { rel: 'stylesheet', href: address }),
  };
}

test('a web page can neither open, fetch nor frame an internal page or a file', async ({ share, pages }) => {
  const hostile = pages.html('Hostile', '<p>hostile</p>');
  const bulkhead = await share([hostile]);
  const page = await bulkhead.page(hostile);
  for (const target of forbidden) {
    expect(await page.evaluate(reachFor, target), target).toEqual({
      opened: false,
      fetched: false,
      script: 'refused',
      style: 'refused',
    });
    for (const frame of page.frames()) expect(frame.url(), target).not.toContain(target);
    await expect(bulkhead.tabs).toHaveText([/Hostile/]);
  }
});

test('a web page cannot navigate its own tab to an internal page or a file', async ({ share, pages }) => {
  const asked: string[] = [];
  const redirecting = createServer((request, response) => {
    const target = decodeURIComponent((request.url ?? '').slice(1));
    asked.push(target);
    response.writeHead(302, { Location: target }).end();
  });
  redirecting.listen(0, '127.0.0.1');
  await once(redirecting, 'listening');
  const redirect = `http://127.0.0.1:${(redirecting.address() as AddressInfo).port}`;
  const hostile = pages.html('Hostile', '<p>hostile</p>');
  const bulkhead = await share([hostile]);
  await expect(bulkhead.tab('Hostile')).toBeVisible();
  const page = await bulkhead.page(hostile);
  for (const target of forbidden) {
    // An allowed navigation would replace this document before its next task.
    await page.evaluate((to) => location.assign(to), target);
    await page.evaluate((to) => Object.assign(document.createElement('a'), { href: to }).click(), target);
    await page.evaluate(() => history.pushState(null, '', '#still-here'));
    await expect(bulkhead.tabs).toHaveText([/Hostile/]);

    // The document may be gone before it can report that it has done so.
    const way = `${redirect}/${encodeURIComponent(target)}`;
    await page.evaluate((to) => location.assign(to), way).catch(() => undefined);
    await expect.poll(() => asked).toContain(target);
    await expect(bulkhead.toolbar.getByRole('button', { name: 'Reload' })).toBeVisible();
    await expect(bulkhead.address).not.toHaveValue(target);
    for (const each of bulkhead.application.windows()) expect(each.url()).not.toBe(target);
    await bulkhead.go(hostile);
    // The address bar shows a typed address before its page has committed.
    await page.waitForURL(hostile);
    await expect(bulkhead.address).toHaveValue(hostile);
    await expect(bulkhead.insteadOfPage).toHaveCount(0);
  }
  redirecting.close();
  redirecting.closeAllConnections();
});

test('every permission that a page requests is denied', async ({ share, pages }) => {
  const asking = pages.html('Asking', '<p>asking</p>');
  const bulkhead = await share([asking]);
  const page = await bulkhead.page(asking);
  const answers = await page.evaluate(async () => ({
    notifications: await Notification.requestPermission(),
    geolocation: await new Promise((resolve) =>
      navigator.geolocation.getCurrentPosition(
        () => resolve('granted'),
        ({ code, PERMISSION_DENIED }) => resolve(code === PERMISSION_DENIED ? 'denied' : 'failed'),
      ),
    ),
    camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(
      () => 'granted',
      () => 'denied',
    ),
    clipboard: await navigator.clipboard.readText().then(
      () => 'granted',
      () => 'denied',
    ),
  }));
  expect(answers).toEqual({ notifications: 'denied', geolocation: 'denied', camera: 'denied', clipboard: 'denied' });
});
