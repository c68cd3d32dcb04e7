import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type FormServer, serveForms } from './form-server.ts';
import { expect, test } from './test.ts';
import type { Undriven } from './undriven.ts';

const links = (origin: string) => `<!doctype html><meta charset="utf-8"><title>Links</title>
<a id="plain" href="${origin}/plain">plain</a>
<a id="blank" target="_blank" href="${origin}/blank">blank</a>
<a id="kept" target="_blank" rel="opener" href="${origin}/kept">opener kept</a>
<button id="open" onclick="window.open('${origin}/open')">open</button>
<button id="noopener" onclick="window.open('${origin}/noopener', '', 'noopener')">noopener</button>
<button id="popup" onclick="window.open('${origin}/popup', '', 'width=300,height=200')">popup</button>
<button id="named" onclick="window.open('${origin}/named', 'name')">named</button>
<button id="empty" onclick="window.open().document.title = 'Empty'">empty</button>
<button id="five" onclick="for (let i = 0; i < 5; i++) window.open('${origin}/five' + i)">five</button>
<form method="post" action="${origin}/post"><input type="hidden" name="a" value="1"><button id="post">post</button></form>
<form method="post" action="${origin}/post-blank" target="_blank"><input type="hidden" name="a" value="2"><button id="post-blank">post</button></form>
<form method="post" action="${origin}/post-kept" target="_blank" rel="opener"><input type="hidden" name="a" value="3"><button id="post-kept">post</button></form>
<form method="post" action="${origin}/post-parts" enctype="multipart/form-data"><input type="hidden" name="a" value="4"><input type="file" name="file"><button id="post-parts">post</button></form>
<form method="post" action="${origin}/post-text" enctype="text/plain"><input type="hidden" name="a" value="5"><button id="post-text">post</button></form>
<form action="${origin}/get" target="_blank"><input type="hidden" name="a" value="6"><button id="get">get</button></form>`;

interface Way {
  on: string;
  modifiers?: ('control' | 'shift')[];
  button?: 'middle';
  /** The path that is requested from the server. */
  path: string;
  method?: 'POST';
  body?: string;
  type?: string;
  /** Opens as the active tab. */
  front: boolean;
  /** Runs in the opener's process. */
  shares?: boolean;
}

/** Every way to open a window from a page with a gesture, and the result. */
const ways: Way[] = [
  { on: '#blank', path: '/blank', front: true },
  { on: '#kept', path: '/kept', front: true, shares: true },
  { on: '#open', path: '/open', front: true, shares: true },
  { on: '#noopener', path: '/noopener', front: true },
  { on: '#popup', path: '/popup', front: true, shares: true },
  { on: '#named', path: '/named', front: true, shares: true },
  { on: '#get', path: '/get?a=6', front: true },
  { on: '#post-blank', path: '/post-blank', method: 'POST', body: 'a=2', front: true },
  { on: '#post-kept', path: '/post-kept', method: 'POST', body: 'a=3', front: true, shares: true },
  { on: '#plain', modifiers: ['control'], path: '/plain', front: false },
  { on: '#plain', button: 'middle', path: '/plain', front: false },
  { on: '#plain', modifiers: ['shift'], path: '/plain', front: true },
  { on: '#plain', modifiers: ['control', 'shift'], path: '/plain', front: true },
  { on: '#blank', modifiers: ['control'], path: '/blank', front: false },
  { on: '#post', modifiers: ['control'], path: '/post', method: 'POST', body: 'a=1', front: false },
  { on: '#post', modifiers: ['shift'], path: '/post', method: 'POST', body: 'a=1', front: true },
  { on: '#post-blank', modifiers: ['control'], path: '/post-blank', method: 'POST', body: 'a=2', front: false },
  {
    on: '#post-text',
    modifiers: ['control'],
    path: '/post-text',
    method: 'POST',
    body: 'a=5\r\n',
    type: 'text/plain',
    front: false,
  },
  {
    on: '#post-parts',
    modifiers: ['control'],
    path: '/post-parts',
    method: 'POST',
    body: 'name="a"\r\n\r\n4\r\n',
    type: 'multipart/form-data; boundary=',
    front: false,
  },
];

/** Returns the strip: titles, the active tab, and the tabs that share a process. */
const strip = (undriven: Undriven) =>
  undriven.inShell<{ title: string; front: boolean; shares: boolean }[]>(
    `[...document.querySelectorAll('[role=tab]')].map((tab) => ({
      title: (tab.getAttribute('aria-label') ?? tab.textContent).trim(),
      front: tab.getAttribute('aria-selected') === 'true',
      shares: /Shares its process/.test(tab.title),
    }))`,
  );

/** Closes all tabs but the first, which is then active. */
async function closeOthers(undriven: Undriven): Promise<void> {
  await undriven.inShell(`(() => {
    document.querySelector('[role=tab]').click();
    for (const button of [...document.querySelectorAll('[data-closes] button')].slice(1)) button.click();
  })()`);
  await expect.poll(async () => (await strip(undriven)).map(({ front }) => front)).toEqual([true]);
}

test('each way to open a window gives one tab, with its method, its body and its referrer', async ({
  launchUndriven,
}) => {
  await using server = await serveForms((path, { origin }) => (path === '/' ? links(origin) : undefined));
  const page = `${server.origin}/`;
  const undriven = await launchUndriven([page]);
  for (const way of ways) {
    const { on, path, modifiers = [], button = 'left', method = 'GET', body = '', type = '', front, shares } = way;
    await test.step(`${button} ${modifiers.join('+')} ${on}`, async () => {
      const before = server.received.length;
      await undriven.click(page, on, { modifiers, button });
      const title = `${method} ${path}`;
      await expect
        .poll(() => strip(undriven))
        .toEqual([
          { title: expect.stringContaining('Links'), front: !front, shares: shares === true },
          { title: expect.stringContaining(title), front, shares: shares === true },
        ]);
      const [request, ...more] = server.received.slice(before);
      expect(request).toEqual({
        method,
        path,
        body: expect.stringContaining(body),
        type: expect.stringContaining(type),
        referrer: page,
      });
      expect(more).toEqual([]);
      await closeOthers(undriven);
    });
  }
  await undriven.click(page, '#empty');
  await expect
    .poll(() => undriven.tabs())
    .toEqual([expect.stringContaining('Links'), expect.stringContaining('Empty')]);
  await closeOthers(undriven);
  // One gesture opens one tab.
  await undriven.click(page, '#five');
  await expect.poll(() => undriven.tabs()).toHaveLength(2);
  await undriven.inShell(`document.querySelector('[role=tab]').click()`);
  await expect.poll(() => undriven.shellText()).toContain('4 pop-ups blocked');
  expect(await undriven.tabs()).toHaveLength(2);
  expect(undriven.log).not.toContain('could not open a window');
});

test('a form with a file keeps the file in a tab opened with Ctrl', async ({ launchUndriven, folder }) => {
  await using server = await serveForms((path, { origin }) => (path === '/' ? links(origin) : undefined));
  const page = `${server.origin}/`;
  const undriven = await launchUndriven([page]);
  const file = path.join(folder, 'file.txt');
  await writeFile(file, 'what the file says');
  await undriven.evaluate(
    async ({ webContents }, { page, file }) => {
      const inspector = webContents.getAllWebContents().find((each) => each.getURL() === page)?.debugger;
      if (!inspector) throw new Error('the page has gone');
      inspector.attach('1.3');
      const { root } = await inspector.sendCommand('DOM.getDocument');
      const selector = 'input[type=file]';
      const { nodeId } = await inspector.sendCommand('DOM.querySelector', { nodeId: root.nodeId, selector });
      await inspector.sendCommand('DOM.setFileInputFiles', { nodeId, files: [file] });
      inspector.detach();
    },
    { page, file },
  );
  await undriven.click(page, '#post-parts', { modifiers: ['control'] });
  await expect
    .poll(() => server.at('/post-parts').map(({ body }) => body))
    .toEqual([expect.stringContaining('what the file says')]);
});

/** Ways in which a script alone can try to open a window. */
const scripts = [
  `window.open('/script')`,
  `window.open('/script', '', 'noopener')`,
  `window.open('/script', '', 'width=1')`,
  `document.querySelector('#blank').click()`,
  `document.querySelector('#post-blank').click()`,
  ...['ctrlKey: true', 'shiftKey: true', 'ctrlKey: true, shiftKey: true'].map(
    (keys) => `document.querySelector('#plain').dispatchEvent(new MouseEvent('click', { ${keys} }))`,
  ),
];

const frames = ({ otherOrigin }: FormServer) => `<!doctype html><title>Frames</title>
<iframe src="${otherOrigin}/frame"></iframe>
<iframe sandbox="allow-scripts allow-popups" src="/sandboxed"></iframe>`;

test('a script alone opens nothing, from any frame; the user sees what was blocked, and can allow it', async ({
  launchUndriven,
}) => {
  await using server = await serveForms((path, server) => {
    if (path === '/frames') return frames(server);
    return path === '/' || path === '/frame' || path === '/sandboxed' ? links(server.origin) : undefined;
  });
  const framed = `${server.origin}/frames`;
  const hidden = `${server.origin}/?hidden`;
  const undriven = await launchUndriven([framed, hidden]);
  const inEveryFrame = (script: string) =>
    undriven.evaluate(
      async ({ webContents }, { framed, script }) => {
        const contents = webContents.getAllWebContents().find((each) => each.getURL() === framed);
        const answers: unknown[] = [];
        for (const frame of contents?.mainFrame.framesInSubtree ?? [])
          answers.push(await frame.executeJavaScript(script));
        return answers;
      },
      { framed, script },
    );
  const complete = ['complete', 'complete', 'complete'];
  await expect.poll(() => inEveryFrame('document.readyState')).toEqual(complete);
  const all = `(() => { ${scripts.map((script) => `try { ${script} } catch {}`).join('\n')} })()`;

  // From a background tab, with Chromium's gesture flag, which no user has caused.
  await undriven.inPage(hidden, all, { gesture: true });
  await inEveryFrame(all);
  await expect.poll(() => undriven.shellText()).toMatch(/\d+ pop-ups blocked/);
  expect(await undriven.tabs()).toHaveLength(2);

  // A click in a cross-site subframe counts: Chromium reports it for the window that it has created. Chromium is asked
  // at most once a second, and the scripts have just caused such a question, so the user clicks until the window opens.
  await expect
    .poll(async () => {
      await clickInFrame(undriven, framed, '#open');
      return undriven.tabs();
    })
    .toHaveLength(3);
  await expect.poll(() => server.at('/open')).toHaveLength(1);
  await closeOthers(undriven);
});

/** Clicks a button in the first subframe of a page, through Chromium's own hit test over all processes. */
function clickInFrame(undriven: Undriven, address: string, selector: string): Promise<void> {
  return undriven.evaluate(
    async ({ webContents }, { address, selector }) => {
      const contents = webContents.getAllWebContents().find((each) => each.getURL() === address);
      const [frame] = contents?.mainFrame.frames ?? [];
      const middle = (element: string) => `(() => {
        const { x, y, width, height } = document.querySelector('${element}').getBoundingClientRect();
        return { left: x, top: y, x: x + width / 2, y: y + height / 2 };
      })()`;
      type Place = { left: number; top: number; x: number; y: number };
      const outer = (await contents?.mainFrame.executeJavaScript(middle('iframe'))) as Place;
      const inner = (await frame?.executeJavaScript(middle(selector))) as Place;
      const place = { x: outer.left + 2 + inner.x, y: outer.top + 2 + inner.y, button: 'left', clickCount: 1 };
      contents?.debugger.attach('1.3');
      await contents?.debugger.sendCommand('Input.dispatchMouseEvent', { ...place, type: 'mousePressed' });
      await contents?.debugger.sendCommand('Input.dispatchMouseEvent', { ...place, type: 'mouseReleased' });
      contents?.debugger.detach();
    },
    { address, selector },
  );
}

test('the user sees which pop-ups were blocked, opens one, and allows a site permanently', async ({
  launchUndriven,
  folder,
}) => {
  await using server = await serveForms((path, { origin }) => (path === '/' ? links(origin) : undefined));
  const page = `${server.origin}/`;
  const profile = path.join(folder, 'profile');
  const undriven = await launchUndriven([page], { profile });
  await expect.poll(() => undriven.tabs()).toEqual([expect.stringContaining('Links')]);
  await undriven.inPage(
    page,
    `window.open('/one'); document.querySelector('#post-blank').click(); window.open('/three'); 1`,
  );
  await expect.poll(() => undriven.shellText()).toContain('3 pop-ups blocked');
  const pressButton = (name: string) =>
    undriven.inShell(`[...document.querySelectorAll('button')].find((button) =>
      (button.getAttribute('aria-label') ?? button.textContent).trim().startsWith(${JSON.stringify(name)})).click()`);
  await pressButton('Show them');
  await expect.poll(() => undriven.shellText()).toContain(`${server.origin}/three`);
  // The form is sent with its body, although it was blocked.
  await pressButton(`Open ${server.origin}/post-blank`);
  await expect.poll(() => server.at('/post-blank')).toMatchObject([{ method: 'POST', body: 'a=2', referrer: page }]);
  await closeOthers(undriven);
  await expect.poll(() => undriven.shellText()).toContain('2 pop-ups blocked');
  await pressButton(`Allow pop-ups of ${new URL(server.origin).host}`);
  await expect.poll(() => undriven.shellText()).not.toContain('blocked');
  await undriven.inPage(page, `window.open('/allowed'); 1`);
  await expect.poll(() => undriven.tabs()).toHaveLength(2);

  const file = path.join(profile, 'popup-sites.json');
  await expect
    .poll(async () => JSON.parse(await readFile(file, 'utf8').catch(() => '{}')))
    .toEqual({ allowed: [server.origin] });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  await undriven.closeWindow();
  await undriven.ended();
  const next = await launchUndriven([page], { profile });
  await expect.poll(() => next.tabs()).toEqual([expect.stringContaining('Links')]);
  await next.inPage(page, `window.open('/still'); 1`);
  await expect.poll(() => next.tabs()).toHaveLength(2);
});

/** `pageLimits.mostOpenedTabs`. */
const mostOpenedTabs = 100;

test('a page that has opened too many tabs is reported', async ({ launchUndriven, folder }) => {
  await using server = await serveForms((path, { origin }) => (path === '/' ? links(origin) : undefined));
  const page = `${server.origin}/`;
  const profile = path.join(folder, 'profile');
  await mkdir(profile);
  await writeFile(path.join(profile, 'popup-sites.json'), JSON.stringify({ allowed: [new URL(page).origin] }));
  const undriven = await launchUndriven([page], { profile });
  await expect.poll(() => undriven.tabs()).toEqual([expect.stringContaining('Links')]);
  const open = (times: number) =>
    undriven.inPage(page, `globalThis.opened ??= []; for (let i = 0; i < ${times}; i++) opened.push(window.open()); 1`);
  await open(120);
  const count = async () => (await undriven.pages()).length;
  await expect.poll(count, { timeout: 60_000 }).toBe(1 + mostOpenedTabs);
  await undriven.press('bulkhead://shell', '1', 'control');
  await expect.poll(() => undriven.shellText()).toContain('has opened 100 tabs that are still open');
  await undriven.inPage(page, `opened[0].close(); opened[1].close(); 1`);
  await expect.poll(count).toBe(mostOpenedTabs - 1);
  await open(5);
  await expect.poll(count).toBe(1 + mostOpenedTabs);
});

test('a flood of pop-ups opens none, and the browser keeps working', async ({ launchUndriven, pages }) => {
  const page = pages.html('Flood', '<script>for (let i = 0; i < 500; i++) window.open("?" + i)</script>');
  const undriven = await launchUndriven([page]);
  await expect.poll(() => undriven.shellText()).toContain('100 or more pop-ups blocked');
  expect(await undriven.pages()).toEqual([page]);
});

test('a script closes only tabs opened by a script, and the window never loses its last tab', async ({
  launchUndriven,
  pages,
}) => {
  const child = pages.html('Child', '<script>history.pushState(null, "", "?second")</script>');
  const page = pages.html('Page', `<button onclick="window.child = window.open('${child}')">open</button>`);
  const undriven = await launchUndriven([page]);
  await expect.poll(() => undriven.tabs()).toEqual([expect.stringContaining('Page')]);
  await undriven.click(page, 'button');
  await expect.poll(() => undriven.tabs()).toHaveLength(2);
  await expect.poll(() => undriven.pages()).toContain(`${child}?second`);
  await undriven.inPage(page, 'window.child.close()');
  await expect.poll(() => undriven.tabs()).toEqual([expect.stringContaining('Page')]);

  // A tab that the user opened and navigated stays. The page is told, not the browser.
  await undriven.inPage(page, `history.pushState(null, '', '?second'); window.close(); document.title = 'Still here'`);
  await expect.poll(() => undriven.tabs()).toEqual([expect.stringContaining('Still here')]);

  // A tab with nothing to go back to may close itself, as in Chrome. The window stays, with a new tab.
  const lone = pages.html('Lone', 'lone');
  const other = await launchUndriven([lone]);
  await expect.poll(() => other.tabs()).toEqual([expect.stringContaining('Lone')]);
  await other.inPage(lone, 'setTimeout(() => window.close()); 1');
  await expect.poll(() => other.tabs()).toEqual([expect.stringContaining('New tab')]);
  expect(other.exitCode, other.log).toBeNull();
});
