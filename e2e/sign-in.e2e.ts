import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { serve } from './server.ts';
import { expect, test } from './test.ts';
import type { Undriven } from './undriven.ts';

const shell = 'bulkhead://shell';
const secret = 'sekret-1b7';
const dialogText = (bulkhead: Undriven) =>
  bulkhead.inShell<string | null>(`document.querySelector('[role=alertdialog]')?.innerText ?? null`);

async function serveProtected() {
  const right = `Basic ${Buffer.from(`admin:${secret}`).toString('base64')}`;
  const refused: string[] = [];
  const server = createServer((request, response) => {
    const isIn = request.headers.authorization === right || request.url === '/open';
    if (!isIn) refused.push(request.url ?? '');
    const realm = 'r'.repeat(2000);
    response.writeHead(isIn ? 200 : 401, {
      'Content-Type': 'text/html',
      ...(!isIn && { 'WWW-Authenticate': `Basic realm="${realm}"` }),
    });
    response.end(`<title>${isIn ? 'Inside' : 'Not let in'}</title>`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, refused, close };
}

async function signIn(bulkhead: Undriven, user: string, password: string): Promise<void> {
  await bulkhead.inShell(`(() => {
    const [user, password] = document.querySelectorAll('[role=alertdialog] input');
    user.focus();
    document.execCommand('insertText', false, ${JSON.stringify(user)});
    password.focus();
    document.execCommand('insertText', false, ${JSON.stringify(password)});
  })()`);
  await bulkhead.press(shell, 'Enter');
}

/** Returns all files of a folder, in one text. */
async function textOf(folder: string): Promise<string> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = files
    .filter((file) => file.isFile())
    .map((file) => readFile(path.join(file.parentPath, file.name), 'latin1').catch(() => ''));
  return (await Promise.all(texts)).join('\n');
}

test("a server's password question is answered in the window, and a third-party image cannot ask", async ({
  launchUndriven,
  pages,
}) => {
  const server = await serveProtected();
  const bulkhead = await launchUndriven([pages.html('Start', 'start')]);
  const tabs = () => bulkhead.tabs();
  const asked = () => expect.poll(() => dialogText(bulkhead)).toContain(`Sign in to ${server.host}`);
  await bulkhead.go(`http://${server.host}/`);
  await asked();
  // Long realms are cut, and there is no warning for a server on this machine.
  expect((await dialogText(bulkhead))?.length).toBeLessThan(600);
  expect(await dialogText(bulkhead)).not.toContain('not encrypted');
  await bulkhead.press(shell, 'Escape');
  await expect.poll(tabs).toEqual([expect.stringContaining('Not let in')]);
  await bulkhead.press(shell, 'r', 'control');
  await asked();
  await signIn(bulkhead, 'admin', 'wrong');
  await expect.poll(() => dialogText(bulkhead)).toContain('was not accepted');
  await signIn(bulkhead, 'admin', secret);
  await expect.poll(tabs).toEqual([expect.stringContaining('Inside')]);
  expect(await dialogText(bulkhead)).toBeNull();

  // A third-party image in an honest page cannot ask, and closing a tab leaves no question behind.
  const stranger = await serveProtected();
  await bulkhead.go(pages.html('Honest', `<img src="http://${stranger.host}/image">`));
  await expect.poll(() => stranger.refused).toContain('/image');
  await expect.poll(tabs).toEqual([expect.stringContaining('Honest')]);
  expect(await dialogText(bulkhead)).toBeNull();
  await bulkhead.press(shell, 't', 'control');
  await expect.poll(() => bulkhead.pages()).toContain('bulkhead://newtab/');
  await bulkhead.go(`http://${stranger.host}/`);
  await expect.poll(() => dialogText(bulkhead)).toContain(stranger.host);
  await bulkhead.press(shell, 'w', 'control');
  await expect.poll(async () => (await tabs()).length).toBe(1);
  expect(await dialogText(bulkhead)).toBeNull();

  // The answer in one tab answers the same question in the others.
  const both = await serveProtected();
  await bulkhead.go(`http://${both.host}/first`);
  await expect.poll(() => dialogText(bulkhead)).toContain(both.host);
  await bulkhead.press(shell, 't', 'control');
  await expect.poll(() => bulkhead.pages()).toContain('bulkhead://newtab/');
  await bulkhead.go(`http://${both.host}/second`);
  await expect.poll(() => both.refused).toContain('/second');
  await expect.poll(() => dialogText(bulkhead)).toContain(both.host);
  await signIn(bulkhead, 'admin', 'wrong');
  await expect.poll(() => dialogText(bulkhead)).toContain('was not accepted');
  await signIn(bulkhead, 'admin', secret);
  await expect.poll(tabs).toEqual([expect.stringContaining('Inside'), expect.stringContaining('Inside')]);
  expect(await dialogText(bulkhead)).toBeNull();
  await bulkhead.press(shell, 'w', 'control');
  await expect.poll(async () => (await tabs()).length).toBe(1);
  await bulkhead.go(pages.html('Between', 'between'));
  await expect.poll(tabs).toEqual([expect.stringContaining('Between')]);

  // A page and its own images ask once.
  await bulkhead.go(`http://${stranger.host}/open`);
  await expect.poll(tabs).toEqual([expect.stringContaining('Inside')]);
  await bulkhead.inPage(
    `http://${stranger.host}/open`,
    `for (let index = 0; index < 20; index++) new Image().src = '/image' + index`,
  );
  await expect.poll(() => dialogText(bulkhead)).toContain(stranger.host);
  await signIn(bulkhead, 'admin', secret);
  await expect.poll(() => dialogText(bulkhead)).toBeNull();

  // Credentials in the address are used without a question, and stored nowhere.
  const other = await serveProtected();
  await bulkhead.go(`http://admin:${secret}@${other.host}/`);
  await expect.poll(tabs).toEqual([expect.stringContaining('Inside')]);
  expect(await bulkhead.address()).not.toContain(secret);
  await bulkhead.closeWindow();
  await bulkhead.ended();
  expect(bulkhead.log).not.toContain(secret);
  for (const folder of ['session', 'history', 'crash-reports'])
    expect(await textOf(path.join(bulkhead.profile, folder)).catch(() => '')).not.toContain(secret);
  for (const each of [server, stranger, both, other]) each.close();
});

test('a cross-site subframe may ask, until the user cancels', async ({ launchUndriven, pages }) => {
  const [inner, other] = [await serveProtected(), await serveProtected()];
  const portal = pages.html('Portal', `<iframe src="http://${inner.host}/frame"></iframe>`);
  const bulkhead = await launchUndriven([portal]);
  const asked = (host: string) => expect.poll(() => dialogText(bulkhead)).toContain(`Sign in to ${host}`);
  const addFrame = (host: string) =>
    bulkhead.inPage(
      portal,
      `void document.body.appendChild(document.createElement('iframe')).setAttribute('src', '${host}')`,
    );
  const frames = () => bulkhead.inPage<number>(portal, `document.querySelectorAll('iframe').length`);
  await asked(inner.host);
  await signIn(bulkhead, 'admin', secret);
  await expect.poll(() => dialogText(bulkhead)).toBeNull();
  const third = await serveProtected();
  await addFrame(`http://${other.host}/frame`);
  await asked(other.host);
  // Its question waits behind the first one, and is withdrawn with it.
  await addFrame(`http://${third.host}/frame`);
  await expect.poll(() => third.refused).toContain('/frame');
  await bulkhead.press(shell, 'Escape');
  await expect.poll(() => dialogText(bulkhead)).toBeNull();
  await addFrame(`http://${other.host}/again`);
  await expect.poll(() => other.refused).toContain('/again');
  // The page can be used, because there is no question.
  await expect.poll(frames).toBe(4);
  expect(await dialogText(bulkhead)).toBeNull();
  await bulkhead.press(shell, 'r', 'control');
  await expect.poll(frames).toBe(1);
  await addFrame(`http://${other.host}/once-more`);
  await asked(other.host);
  await bulkhead.closeWindow();
  await bulkhead.ended();
  for (const each of [inner, other, third]) each.close();
});

test('a page that commits late does not withdraw the question of the page after it', async ({ launchUndriven }) => {
  const server = await serveProtected();
  const late = await serve(({ path }, response) => {
    response.setHeader('Content-Type', 'text/html');
    const answer = () => response.end(`<title>${path}</title><p>${path}`);
    if (path === '/late') release = answer;
    else if (path !== '/nowhere') answer();
  });
  let release: (() => void) | undefined;
  const first = `${late.origin}/first`;
  const bulkhead = await launchUndriven([first]);
  await expect.poll(() => bulkhead.tabs()).toEqual([expect.stringContaining('/first')]);
  // The answer has arrived, and its process does not show it yet.
  const pid = await bulkhead.evaluate(({ webContents }, address) => {
    const contents = webContents.getAllWebContents().find((each) => each.getURL() === address);
    return contents?.getOSProcessId() ?? 0;
  }, first);
  await bulkhead.inPage(first, `void setTimeout(() => { location.href = '/late' })`);
  await expect.poll(() => release).toBeTruthy();
  process.kill(pid, 'SIGSTOP');
  release?.();
  const waits = () =>
    bulkhead.evaluate(
      ({ webContents }, origin) =>
        webContents.getAllWebContents().some((each) => each.getURL().startsWith(origin) && each.isWaitingForResponse()),
      late.origin,
    );
  await expect.poll(waits).toBe(false);
  await bulkhead.go(`http://${server.host}/`);
  await expect.poll(() => dialogText(bulkhead)).toContain(`Sign in to ${server.host}`);
  process.kill(pid, 'SIGCONT');
  await expect.poll(() => bulkhead.tabs()).toEqual([expect.stringContaining('/late')]);
  expect(await dialogText(bulkhead)).toContain(`Sign in to ${server.host}`);
  expect(await bulkhead.address()).toContain(server.host);
  await signIn(bulkhead, 'admin', secret);
  await expect.poll(() => bulkhead.tabs()).toEqual([expect.stringContaining('Inside')]);

  // A page that goes elsewhere takes its question with it, and so does Stop.
  const again = await serveProtected();
  const inFrame = (script: string) =>
    bulkhead.evaluate(
      ({ webContents }, asked) => {
        const contents = webContents.getAllWebContents().find((each) => each.mainFrame.url === asked.first);
        // The contents' own method would wait until loading stops.
        return contents?.mainFrame.executeJavaScript(`${asked.script}; 0`);
      },
      { first, script },
    );
  await bulkhead.go(first);
  await expect.poll(() => bulkhead.tabs()).toEqual([expect.stringContaining('/first')]);
  for (const leave of [`location.href = '/nowhere'`, `window.stop()`]) {
    await inFrame(`setTimeout(() => { location.href = 'http://${again.host}/' })`);
    await expect.poll(() => dialogText(bulkhead)).toContain(again.host);
    await inFrame(leave);
    await expect.poll(() => dialogText(bulkhead)).toBeNull();
  }
  for (const each of [server, again]) each.close();
  await late[Symbol.asyncDispose]();
});
