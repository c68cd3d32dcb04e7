import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, test } from './test.ts';
import type { Undriven } from './undriven.ts';

/** Answers below `/page`. Everything else is slow, empty, a download, a redirect or a password request. */
async function serve(host = '127.0.0.1'): Promise<{ server: Server; origin: string }> {
  const server = createServer(({ url = '', headers }, response) => {
    if (url.startsWith('/slow')) return; // never
    if (url.startsWith('/empty')) response.writeHead(204).end();
    else if (url.startsWith('/file')) response.setHeader('Content-Disposition', 'attachment; filename=a.txt').end('a');
    else if (url.startsWith('/moved')) response.writeHead(302, { Location: '/page/moved' }).end();
    else if (url.startsWith('/secret') && headers.authorization === undefined)
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="test"' }).end('no');
    else response.setHeader('Content-Type', 'text/html').end(`<!doctype html><title>Page ${url}</title><p>${url}</p>`);
  });
  server.listen(0, host);
  await once(server, 'listening');
  return { server, origin: `http://${host}:${(server.address() as AddressInfo).port}` };
}

const shows = (undriven: Undriven, address: string, message: string) =>
  expect.poll(() => undriven.address(), { message }).toBe(address);

test('the address bar shows the committed address, and the typed one only while it loads', async ({
  launchUndriven,
}) => {
  const { server, origin } = await serve();
  const [page, slow] = [`${origin}/page/a`, `${origin}/slow`];
  const undriven = await launchUndriven([page]);
  try {
    // A download without a question, so that no system dialog opens.
    await undriven.evaluate(({ session }) =>
      session.defaultSession.on('will-download', (event) => event.preventDefault()),
    );
    await shows(undriven, page, 'the first page');
    // The typed address is shown at once, and can be stopped as soon as it loads.
    const loads = () => undriven.inShell(`document.querySelector('[aria-label=Stop]') !== null`);
    await undriven.go(slow);
    await shows(undriven, slow, 'the typed address while its server is slow');
    await expect.poll(loads).toBe(true);
    await undriven.press('bulkhead://shell', 'Escape');
    await shows(undriven, page, 'the committed page after Escape in the shell');
    await undriven.go(slow);
    await shows(undriven, slow, 'the typed address again');
    await expect.poll(loads).toBe(true);
    await undriven.evaluate(({ webContents }) => {
      const contents = webContents.getAllWebContents().find((each) => !each.getURL().startsWith('bulkhead:'));
      contents?.focus();
      contents?.sendInputEvent({ type: 'keyDown', keyCode: 'Escape' });
    });
    await shows(undriven, page, 'the committed page after Escape in the page');

    for (const nothing of ['/empty', '/file']) {
      await undriven.go(`${origin}${nothing}`);
      await shows(undriven, page, `the committed page after ${nothing}`);
    }
    await undriven.go(`${origin}/moved`);
    await shows(undriven, `${origin}/page/moved`, 'the target of a redirect');
    await undriven.go(page);
    await expect.poll(() => undriven.tabs()).toEqual([expect.stringContaining('Page /page/a')]);
    await shows(undriven, page, 'the first page again');

    // An address that the page requests is shown when it has committed.
    // The contents' own `executeJavaScript` would wait until nothing loads any more.
    const inPage = (script: string) =>
      undriven.evaluate(
        ({ webContents }, code) =>
          webContents
            .getAllWebContents()
            .find(({ mainFrame }) => mainFrame.url.startsWith('http://127.0.0.1'))
            ?.mainFrame.executeJavaScript(`${code}; 0`, true),
        script,
      );
    await inPage(`location.href = '${slow}?by-page'`);
    await expect.poll(loads).toBe(true);
    expect(await undriven.address()).toBe(page);
    await undriven.press('bulkhead://shell', 'Escape');
    await undriven.go(slow);
    await shows(undriven, slow, 'the typed address');
    await inPage(`location.href = '${origin}/page/b'`);
    await shows(undriven, `${origin}/page/b`, 'the address to which the page went meanwhile');
    await inPage(`history.pushState(null, '', '/page/c?q#bank.example')`);
    await shows(undriven, `${origin}/page/c?q#bank.example`, 'the address that the page set itself');
    await inPage(`document.body.append(Object.assign(document.createElement('iframe'), { src: '${slow}' }))`);
    expect(await undriven.address()).toBe(`${origin}/page/c?q#bank.example`);

    // A window that its opener can write into.
    const other = slow.replace('127.0.0.1', 'localhost');
    await inPage(
      `document.body.append(Object.assign(document.createElement('button'), { onclick: () => { window.child = window.open('${other}') } }))`,
    );
    await undriven.click(`${origin}/page/c`, 'button');
    await expect.poll(() => undriven.tabs()).toHaveLength(2);
    await shows(undriven, 'about:blank', 'a window whose page has not committed');
    expect((await undriven.tabs()).join()).not.toContain('slow');
    // There is nothing to reload, and no form to send: the window keeps waiting.
    await undriven.press('bulkhead://shell', 'F5');
    expect(await loads()).toBe(true);
    await inPage(`child.document.write('<title>Bank</title>Enter your password')`);
    await expect.poll(async () => (await undriven.tabs()).join()).toContain('Bank');
    expect(await undriven.address()).toBe('about:blank');
    expect(await undriven.shellText()).not.toContain('Send the form again?');

    // The source of a page is not the page.
    await undriven.go(`view-source:${page}`);
    await shows(undriven, `view-source:${page}`, 'the source of a page');
    await expect.poll(async () => (await undriven.tabs()).join()).toContain('view-source:');
    // The part after `about:blank` is not shown, because it has no effect.
    await undriven.go('about:blank#www.bank.example');
    await shows(undriven, 'about:blank', 'an empty document');
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test('the end of a host that is too long is visible, because it shows whose page it is', async ({ launchUndriven }) => {
  const { server, origin } = await serve();
  const { port } = new URL(origin);
  const label = 'a'.repeat(60);
  const host = `www.bank.example.${label}.${label}.${label}.evil.localhost:${port}`;
  const long = `http://${host}/page/${'x'.repeat(400)}`;
  const short = `${origin}/page/${'x'.repeat(400)}`;
  const undriven = await launchUndriven([short]);
  /**
   * Distance from the end of the host to the end of the view, pixels, where the view begins, and whether the text is
   * cut.
   */
  const view = () =>
    undriven.inShell<{ begin: number; behindHost: number; isCut: boolean }>(`(() => {
      const field = document.querySelector('input[role=combobox]');
      const context = document.createElement('canvas').getContext('2d');
      context.font = getComputedStyle(field).font;
      const end = context.measureText(field.value.slice(0, field.value.indexOf('/page/'))).width;
      const isCut = field.scrollLeft > 0 && getComputedStyle(field).textOverflow === 'ellipsis';
      return { begin: field.scrollLeft, behindHost: field.scrollLeft + field.clientWidth - end, isCut };
    })()`);
  try {
    await shows(undriven, short, 'a long path');
    await expect.poll(async () => (await view()).begin).toBe(0);
    await undriven.go(long);
    await shows(undriven, long, 'a long host');
    const isHostSeen = async () => {
      const { begin, behindHost, isCut } = await view();
      return !isCut && begin > 0 && behindHost >= 0 && behindHost < 50;
    };
    await expect.poll(isHostSeen).toBe(true);
    await expect.poll(() => undriven.pages()).toContain(long);
    // The same after the user has focused the field.
    await undriven.click('bulkhead://shell', 'input[role=combobox]');
    await undriven.press('bulkhead://shell', 'Home');
    await expect.poll(async () => (await view()).begin).toBe(0);
    await undriven.click(long, 'p');
    await expect.poll(isHostSeen).toBe(true);
    await undriven.go(short);
    await shows(undriven, short, 'a long path again');
    await expect.poll(async () => (await view()).begin).toBe(0);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

/** Returns the files below a folder that contain a text. */
async function filesWith(folder: string, text: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const contents = await Promise.all(files.map((file) => readFile(file).catch(() => Buffer.alloc(0))));
  return files.filter((_file, index) => contents[index]?.includes(text));
}

test('the user and the password of an address reach their server, and are shown and stored nowhere', async ({
  launchUndriven,
}) => {
  const { server, origin } = await serve();
  const served = new Set<string | undefined>();
  server.on('request', ({ headers }) => served.add(headers.authorization));
  const withUser = (address: string) => address.replace('://', '://ada:hushhush@');
  const undriven = await launchUndriven([withUser(`${origin}/secret/start`)]);
  try {
    await shows(undriven, `${origin}/secret/start`, 'an address of the command line');
    await expect.poll(() => undriven.tabs()).toEqual([expect.stringContaining('Page /secret/start')]);
    await undriven.go(withUser(`${origin}/slow`));
    await shows(undriven, `${origin}/slow`, 'an address that is loading');
    await undriven.press('bulkhead://shell', 'Escape');
    await undriven.go(withUser(`${origin}/secret/typed`));
    await expect.poll(() => undriven.tabs()).toEqual([expect.stringContaining('Page /secret/typed')]);
    expect(await undriven.address()).toBe(`${origin}/secret/typed`);
    expect(served).toContain(`Basic ${Buffer.from('ada:hushhush').toString('base64')}`);
    await undriven.inPage(withUser(origin), `history.pushState(null, '', '/secret/pushed'); 0`);
    await shows(undriven, `${origin}/secret/pushed`, 'the address that the page set itself');
    await undriven.go(`view-source:${withUser(`${origin}/secret/source`)}`);
    await shows(undriven, `view-source:${origin}/secret/source`, 'the source of a page');
    await expect.poll(() => undriven.pages(), 'the source is shown').toEqual([expect.stringMatching(/^view-source:/)]);
    await undriven.press('view-source:', 'Left', 'alt');
    await shows(undriven, `${origin}/secret/pushed`, 'the page again');
    served.clear();
    await undriven.press(withUser(origin), 'F5');
    await expect.poll(() => [...served].at(-1) ?? 'not asked').toContain('Basic ');
    await expect.poll(() => undriven.tabs()).toEqual([expect.stringContaining('Page /secret/pushed')]);

    server.closeAllConnections();
    server.close();
    await undriven.go(withUser(`${origin}/secret/gone`));
    await expect.poll(() => undriven.shellText()).toContain('ERR_CONNECTION_REFUSED');
    expect(await undriven.address()).toBe(`${origin}/secret/gone`);
    const everything = await undriven.inShell<string>('document.documentElement.outerHTML');
    expect(everything).not.toContain('hushhush');
    await undriven.type('secret');
    await expect
      .poll(() => undriven.inShell(`document.querySelector('[role=listbox]')?.innerText ?? ''`))
      .toContain('secret/typed');
    expect(await undriven.inShell<string>('document.documentElement.outerHTML')).not.toContain('hushhush');
    await undriven.closeWindow();
    await undriven.ended();
    expect(undriven.log).not.toContain('hushhush');
    expect(await filesWith(undriven.profile, 'hushhush')).toEqual([]);
    expect(await filesWith(undriven.profile, 'secret/typed')).not.toEqual([]);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
