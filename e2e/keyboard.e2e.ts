import { RealKeyboard } from './real-keyboard.ts';
import { serve } from './server.ts';
import { expect, test } from './test.ts';
import type { Undriven } from './undriven.ts';

const pdf = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]>>endobj
trailer<</Root 1 0 R>>
%%EOF`;

/** Holds a key down as X11 does: the first repetition is not marked as one, the others are. */
function hold(undriven: Undriven, address: string, keyCode: string, repetitions: number): Promise<void> {
  return undriven.evaluate(
    async ({ webContents }, { address, keyCode, repetitions }) => {
      const find = (start: string) => webContents.getAllWebContents().find((each) => each.getURL().startsWith(start));
      find(address)?.focus();
      for (let count = 0; count <= repetitions; count++) {
        // A command may have closed the page, or moved the focus.
        const contents = webContents.getFocusedWebContents() ?? find('bulkhead://shell');
        const modifiers: ('control' | 'isautorepeat')[] = count > 1 ? ['control', 'isautorepeat'] : ['control'];
        contents?.sendInputEvent({ type: 'keyDown', keyCode, modifiers });
        // The system's delay before the first repetition, and between repetitions.
        await new Promise((resolve) => setTimeout(resolve, count === 0 ? 300 : 30));
      }
    },
    { address, keyCode, repetitions },
  );
}

test('a held key closes one tab, opens one tab, and steps through all of them', async ({ launchUndriven, pages }) => {
  const addresses = ['One', 'Two', 'Three', 'Four', 'Five'].map(pages.counter);
  const undriven = await launchUndriven(addresses);
  // With their titles, because before that their addresses end in the same way.
  await expect.poll(async () => (await undriven.tabs()).join()).toMatch(/^One .*,Two .*,Three .*,Four .*,Five /);
  const open = await undriven.tabs();
  await hold(undriven, addresses[0] ?? '', 'W', 12);
  await expect.poll(() => undriven.tabs()).toEqual(open.slice(1));
  await hold(undriven, addresses[1] ?? '', 'T', 12);
  await expect.poll(async () => (await undriven.tabs()).length).toBe(5);
  const selected = `[...document.querySelectorAll('[role=tab]')].findIndex(({ ariaSelected }) => ariaSelected === 'true')`;
  await expect.poll(() => undriven.inShell(selected)).toBe(4);
  await hold(undriven, 'bulkhead://shell', 'Tab', 6);
  await expect.poll(() => undriven.inShell(selected)).toBe(1);
  // The second press comes after a while, and neither has a key-up event.
  for (let press = 0; press < 2; press++) await hold(undriven, 'bulkhead://shell', 'W', 0);
  await expect.poll(async () => (await undriven.tabs()).length).toBe(3);
});

test('the keyboard focus follows to the page of the activated tab', async ({ launchUndriven, pages }) => {
  const [one, two] = [pages.html('One', 'one'), pages.html('Two', 'two')];
  const undriven = await launchUndriven([one, two]);
  await expect.poll(async () => (await undriven.tabs()).join()).toMatch(/One.*Two/);
  const focused = () => undriven.evaluate(({ webContents }) => webContents.getFocusedWebContents()?.getURL());
  const keys = [
    { key: '2', page: two },
    { key: '1', page: one },
    { key: '9', page: two },
    { key: 'Tab', page: one },
  ];
  for (const { key, page } of keys) {
    await undriven.click('bulkhead://shell', 'input[role=combobox]');
    await expect.poll(focused).toContain('bulkhead://shell');
    await undriven.press('bulkhead://shell', key, 'control');
    await expect.poll(focused, key).toBe(page);
  }
  // On the new tab page, the address bar has the focus.
  await undriven.press(one, 't', 'control');
  await expect.poll(focused).toContain('bulkhead://shell');
  await undriven.press('bulkhead://shell', '1', 'control');
  await expect.poll(focused).toBe(one);
  await undriven.click('bulkhead://shell', 'input[role=combobox]');
  await undriven.press('bulkhead://shell', '3', 'control');
  await expect.poll(() => undriven.address()).toBe('');
  expect(await focused()).toContain('bulkhead://shell');
});

test('shortcuts work in a cross-site subframe and in a PDF', async ({ launchUndriven }) => {
  await using server = await serve(({ path }, response) => {
    if (path === '/paper.pdf') {
      response.writeHead(200, { 'Content-Type': 'application/pdf' }).end(pdf);
      return;
    }
    const other = `http://localhost:${server.port}/inner`;
    const bodies: Record<string, string> = {
      '/framed': `<iframe src="${other}" style="width: 90vw; height: 80vh"></iframe>`,
      '/embedded': '<embed src="/paper.pdf" type="application/pdf" style="width: 90vw; height: 80vh">',
    };
    response.setHeader('Content-Type', 'text/html');
    response.end(`<title>${path.slice(1)}</title>${bodies[path] ?? '<input>'}`);
  });
  const undriven = await launchUndriven([`${server.origin}/framed`]);
  const frames = (address: string) =>
    undriven.evaluate(
      ({ webContents }, address) =>
        webContents
          .getAllWebContents()
          .find((each) => each.getURL() === address)
          ?.mainFrame.framesInSubtree.map(({ url }) => url) ?? [],
      address,
    );
  await using keyboard = await RealKeyboard.connect();
  const place = await undriven.evaluate(({ BaseWindow }) => {
    const [window] = BaseWindow.getAllWindows();
    window?.focus();
    return window?.getContentBounds() ?? { x: 0, y: 0 };
  });
  for (const [path, inner] of [
    ['/framed', '/inner'],
    ['/paper.pdf', 'chrome-extension:'],
    ['/embedded', 'chrome-extension:'],
  ] as const) {
    const address = server.origin + path;
    if (path !== '/framed') await undriven.go(address);
    await expect.poll(async () => (await frames(address)).join(), `the inside of ${path}`).toContain(inner);
    keyboard.click(place.x + 300, place.y + 400);
    // The window's menu, which handles keys of plugins, exists soon after the shell.
    await expect(async () => {
      await keyboard.press(['control', 'T']);
      await expect.poll(async () => (await undriven.tabs()).length, { timeout: 2000 }).toBeGreaterThan(1);
    }, `Ctrl+T in ${path}`).toPass();
    await keyboard.press(['control', '1']);
    await expect.poll(() => undriven.address()).toBe(address);
    keyboard.click(place.x + 300, place.y + 400);
    const before = (await undriven.tabs()).length;
    // Long enough for the system to repeat the key.
    await keyboard.press(['control', 'T'], 1000);
    await expect.poll(async () => (await undriven.tabs()).length, `Ctrl+T held in ${path}`).toBe(before + 1);
    while ((await undriven.tabs()).length > 1) {
      const open = (await undriven.tabs()).length;
      await undriven.press('bulkhead://shell', 'W', 'control');
      await expect.poll(async () => (await undriven.tabs()).length).toBeLessThan(open);
    }
  }
});

test('keys zoom a page, reload it, and show its source, the history and the developer tools', async ({
  launchUndriven,
  pages,
}) => {
  const page = pages.html('Page', 'page');
  const undriven = await launchUndriven([page]);
  await expect.poll(() => undriven.tabs()).toEqual([expect.stringContaining('Page')]);
  const ofPage = (what: 'size' | 'tools') =>
    undriven.evaluate(
      ({ webContents }, { page, what }) => {
        // Electron returns no list while contents of its own, such as the developer tools, are created or destroyed.
        const contents = webContents.getAllWebContents()?.find((each) => each.getURL() === page);
        return what === 'size' ? contents?.getZoomFactor().toFixed(2) : contents?.isDevToolsOpened();
      },
      { page, what },
    );
  for (const [key, size] of [
    ['=', '1.10'],
    ['=', '1.25'],
    ['-', '1.10'],
    ['0', '1.00'],
  ] as const) {
    await undriven.press(page, key, 'control');
    await expect.poll(() => ofPage('size')).toBe(size);
  }
  for (const opens of [true, false]) {
    await undriven.press(page, 'F12');
    await expect.poll(() => ofPage('tools')).toBe(opens);
  }
  await undriven.inPage(page, `document.title = 'Changed'`);
  await expect.poll(() => undriven.tabs()).toEqual([expect.stringContaining('Changed')]);
  await undriven.press(page, 'R', 'control', 'shift');
  await expect.poll(() => undriven.tabs()).toEqual([expect.stringContaining('Page')]);
  await undriven.press(page, 'U', 'control');
  await expect.poll(() => undriven.address()).toBe(`view-source:${page}`);
  await undriven.press('bulkhead://shell', 'H', 'control');
  await expect.poll(() => undriven.address()).toBe('bulkhead://history/');
});
