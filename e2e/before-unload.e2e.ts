import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from './test.ts';
import type { Undriven } from './undriven.ts';

const shell = 'bulkhead://shell';

/** Ways in which pages object. Real pages use all of them. */
const objections = {
  prevented: `addEventListener('beforeunload', (event) => event.preventDefault())`,
  'return value': `addEventListener('beforeunload', (event) => { event.returnValue = 'unsaved' })`,
  handler: `onbeforeunload = () => 'unsaved'`,
};

async function serveWork() {
  const requests: string[] = [];
  /** Messages that pages sent when they were closed. */
  const goodbyes: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://loopback');
      if (pathname === '/gone') goodbyes.push(pathname);
      else if (pathname !== '/favicon.ico') requests.push(`${request.method} ${pathname} ${body}`.trim());
      response.setHeader('Content-Type', 'text/html');
      // Without it, Back would send no request.
      response.setHeader('Cache-Control', 'no-store');
      const objection = objections[searchParams.get('by') as keyof typeof objections] ?? '';
      response.end(`<!doctype html><title>${pathname.slice(1)}</title><textarea>half</textarea>
        <a href="/linked">link</a>
        <form method="post" action="/posted"><input name="letter" value="half"><button>send</button></form>
        <button id="script" onclick="location.href = '/scripted'">script</button>
        <button id="close" onclick="window.close()">close</button>
        <button id="hang" onclick="for (;;);">hang</button>
        <button id="insist" onclick="setInterval(() => location.reload(), 50)">insist</button>
        <script>${objection}; addEventListener('pagehide', () => navigator.sendBeacon('/gone'))</script>`);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    goodbyes,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

const dialog = `document.querySelector('[role=alertdialog]')`;
const dialogText = (bulkhead: Undriven) => bulkhead.inShell<string | null>(`${dialog}?.innerText ?? null`);
const isAsked = (bulkhead: Undriven) => expect.poll(() => dialogText(bulkhead)).toContain('Leave this page?');
const isNotAsked = (bulkhead: Undriven) => expect.poll(() => dialogText(bulkhead)).toBeNull();
const answer = (bulkhead: Undriven, button: 'Leave' | 'Stay' | 'Close' | 'Cancel') =>
  bulkhead.inShell(`[...${dialog}.querySelectorAll('button')].find((each) => each.innerText === '${button}').click()`);
const press = (bulkhead: Undriven, label: string) => bulkhead.click(shell, `[aria-label="${label}"]`);

/** Opens the page that objects, unless it `isOpen`, and types a letter into it. */
async function work(bulkhead: Undriven, address: string, { isOpen = false } = {}): Promise<void> {
  if (!isOpen) await bulkhead.go(address);
  await expect.poll(() => bulkhead.pages()).toContain(address);
  await bulkhead.click(address, 'textarea');
  await expect
    .poll(async () => {
      await bulkhead.press(address, 'x');
      return bulkhead.inPage<string>(address, `document.querySelector('textarea').value`);
    })
    .toContain('x');
}

test('leaving a page that objects is asked about, whoever starts it, and Leave continues the same navigation', async ({
  launchUndriven,
  pages,
}) => {
  test.setTimeout(240_000);
  const server = await serveWork();
  const { origin, requests } = server;
  const before = pages.html('Before', 'before');
  const bulkhead = await launchUndriven([before]);
  const ways: { by: keyof typeof objections; leave: (from: string) => Promise<unknown>; to: string }[] = [
    { by: 'prevented', leave: () => bulkhead.go(`${origin}/typed`), to: 'GET /typed' },
    { by: 'handler', leave: () => press(bulkhead, 'Reload'), to: 'GET /work' },
    { by: 'return value', leave: () => press(bulkhead, 'Back'), to: 'GET /before' },
    { by: 'handler', leave: (from) => bulkhead.inPage(from, 'history.back()'), to: 'GET /before' },
    { by: 'prevented', leave: (from) => bulkhead.click(from, 'a'), to: 'GET /linked' },
    { by: 'handler', leave: (from) => bulkhead.click(from, 'form button'), to: 'POST /posted letter=half' },
    { by: 'return value', leave: (from) => bulkhead.click(from, '#script'), to: 'GET /scripted' },
  ];
  for (const [index, { by, leave, to }] of ways.entries()) {
    await test.step(`${to}, ${by}`, async () => {
      const from = `${origin}/work?by=${encodeURIComponent(by)}&${index}`;
      await bulkhead.go(`${origin}/before`);
      await expect.poll(() => bulkhead.pages()).toContain(`${origin}/before`);
      // A page that the user has not touched has nothing to lose.
      await bulkhead.go(from);
      await expect.poll(() => bulkhead.pages()).toContain(from);
      await bulkhead.go(`${origin}/before`);
      await expect.poll(() => bulkhead.pages()).toContain(`${origin}/before`);
      await work(bulkhead, from);
      const asked = requests.length;
      await leave(from);
      await isAsked(bulkhead);
      await answer(bulkhead, 'Stay');
      await isNotAsked(bulkhead);
      expect(await bulkhead.inPage(from, `document.querySelector('textarea').value`)).toContain('x');
      expect(requests.slice(asked)).toEqual([]);
      await leave(from);
      await isAsked(bulkhead);
      await bulkhead.press(shell, 'Enter');
      await expect.poll(() => requests.slice(asked)).toEqual([to]);
      await isNotAsked(bulkhead);
    });
  }
  server.close();
});

test('a page that is closed by a script is asked about, and Leave closes it', async ({ launchUndriven, pages }) => {
  const server = await serveWork();
  const from = `${server.origin}/work?by=prevented`;
  const opener = pages.html(
    'Opener',
    `<button id="open" onclick="child = window.open('${from}')">open</button>
     <button id="close" onclick="child.close()">close</button>`,
  );
  const bulkhead = await launchUndriven([opener]);
  for (const closer of [from, opener]) {
    await bulkhead.click(opener, '#open');
    await expect.poll(() => bulkhead.address()).toBe(from);
    await work(bulkhead, from, { isOpen: true });
    // For a page that the user has just used, the question appears again at once.
    for (const button of closer === from ? (['Stay', 'Stay', 'Leave'] as const) : (['Leave'] as const)) {
      if (closer === opener) await bulkhead.press(shell, '1', 'control');
      await bulkhead.click(closer, '#close');
      if (closer === opener) await bulkhead.press(shell, '2', 'control');
      await isAsked(bulkhead);
      expect(await bulkhead.tabs()).toHaveLength(2);
      await answer(bulkhead, button);
      await isNotAsked(bulkhead);
    }
    await expect.poll(() => bulkhead.tabs()).toEqual([expect.stringContaining('Opener')]);
    // The page ran its last handlers.
    await expect.poll(() => server.goodbyes).toHaveLength(closer === from ? 1 : 2);
  }
  server.close();
});

test('closing a tab, the window and the program asks; a page that hangs or insists blocks nothing', async ({
  launchUndriven,
  pages,
}) => {
  test.setTimeout(240_000);
  const server = await serveWork();
  const bulkhead = await launchUndriven([pages.html('First', 'first')]);
  const from = `${server.origin}/work?by=handler`;
  await bulkhead.press(shell, 't', 'control');
  await expect.poll(async () => (await bulkhead.tabs()).length).toBe(2);
  await work(bulkhead, from);

  // By key. A second press, meant for the next tab, does not lose this one.
  await bulkhead.press(from, 'w', 'control');
  await bulkhead.press(from, 'w', 'control');
  await isAsked(bulkhead);
  await bulkhead.press(shell, 'w', 'control');
  expect(await bulkhead.tabs()).toHaveLength(2);
  await answer(bulkhead, 'Stay');
  await isNotAsked(bulkhead);
  await bulkhead.press(from, 'w', 'control');
  await isAsked(bulkhead);
  await answer(bulkhead, 'Leave');
  await expect.poll(async () => (await bulkhead.tabs()).length).toBe(1);

  // A page that insists is asked about once, and can be closed.
  await bulkhead.press(shell, 't', 'control');
  await work(bulkhead, from);
  await bulkhead.click(from, '#insist');
  await isAsked(bulkhead);
  await answer(bulkhead, 'Stay');
  await expect
    .poll(() => bulkhead.inPage(from, `performance.getEntriesByType('navigation').length`), { timeout: 30_000 })
    .toBe(1);
  expect(await dialogText(bulkhead)).toBeNull();
  await bulkhead.press(from, 'w', 'control');
  await isAsked(bulkhead);
  await answer(bulkhead, 'Leave');
  await expect.poll(async () => (await bulkhead.tabs()).length).toBe(1);

  // A page that hangs is closed without a question.
  await bulkhead.press(shell, 't', 'control');
  await work(bulkhead, from);
  await bulkhead.click(from, '#hang');
  await bulkhead.press(shell, 'w', 'control');
  await expect.poll(async () => (await bulkhead.tabs()).length).toBe(1);

  // The window: every tab that objects is named. Cancel keeps all, Close ends the browser.
  await bulkhead.press(shell, 't', 'control');
  await work(bulkhead, from);
  await bulkhead.press(shell, '1', 'control');
  await bulkhead.closeWindow();
  await bulkhead.closeWindow();
  await expect.poll(() => dialogText(bulkhead)).toMatch(/Close the window\?(.|\n)*work/);
  await answer(bulkhead, 'Cancel');
  await isNotAsked(bulkhead);
  expect(await bulkhead.tabs()).toHaveLength(2);
  await bulkhead.closeWindow();
  await expect.poll(() => dialogText(bulkhead)).toContain('Close the window?');
  await answer(bulkhead, 'Close');
  await bulkhead.ended();
  expect(bulkhead.exitCode, bulkhead.log).toBe(0);
  server.close();
});

test('a cross-site subframe that objects is asked before its tab and the window close', async ({
  launchUndriven,
  pages,
}) => {
  const server = await serveWork();
  const frame = `${server.origin.replace('127.0.0.1', 'localhost')}/framed?by=prevented`;
  const page = pages.html('Outer', `<iframe src="${frame}" width="400" height="200"></iframe>`);
  const bulkhead = await launchUndriven([pages.html('First', 'first'), page]);
  const touched = () =>
    bulkhead.evaluate(async ({ webContents }, address) => {
      const contents = webContents.getAllWebContents().find((each) => each.getURL() === address);
      const inner = contents?.mainFrame.frames[0];
      if (!contents || !inner) return false;
      // Chromium's own hit test reaches subframes of other processes.
      contents.debugger.attach('1.3');
      const press = { x: 40, y: 30, button: 'left', clickCount: 1 };
      await contents.debugger.sendCommand('Input.dispatchMouseEvent', { ...press, type: 'mousePressed' });
      await contents.debugger.sendCommand('Input.dispatchMouseEvent', { ...press, type: 'mouseReleased' });
      contents.debugger.detach();
      const isOther = inner.osProcessId !== contents.mainFrame.osProcessId;
      return isOther && ((await inner.executeJavaScript('navigator.userActivation.hasBeenActive')) as boolean);
    }, page);
  await bulkhead.press(shell, '2', 'control');
  await expect.poll(touched, 'the user has touched the subframe').toBe(true);

  await bulkhead.press(shell, 'w', 'control');
  await isAsked(bulkhead);
  await answer(bulkhead, 'Stay');
  await isNotAsked(bulkhead);
  expect(await bulkhead.tabs()).toHaveLength(2);
  await bulkhead.closeWindow();
  await expect.poll(() => dialogText(bulkhead)).toMatch(/Close the window\?(.|\n)*Outer/);
  await answer(bulkhead, 'Cancel');
  await isNotAsked(bulkhead);
  await bulkhead.press(shell, 'w', 'control');
  await isAsked(bulkhead);
  await answer(bulkhead, 'Leave');
  await expect.poll(async () => (await bulkhead.tabs()).length).toBe(1);
  server.close();
});
