import { expect, test } from './test.ts';
import type { Undriven } from './undriven.ts';

/** Checks what a user sees of a tab in the strip, by its title. */
const hasTab = (undriven: Undriven, title: string) =>
  expect.poll(() => undriven.tabs(), `the tab ${title}`).toContainEqual(expect.stringContaining(title));

/** Checks that the other page continues: its counter increases, and the shell answers. */
async function goesOn(undriven: Undriven, page: string): Promise<void> {
  const counter = () => undriven.inPage<number>(page, `Number(document.querySelector('output').value)`);
  const before = await counter();
  await expect.poll(counter, 'the page beside').toBeGreaterThan(before);
  expect((await undriven.tabs()).length).toBeGreaterThan(1);
}

const press = (undriven: Undriven, text: string) =>
  undriven.inShell(
    `[...document.querySelectorAll('button')].find((each) => each.textContent.includes(${JSON.stringify(text)})).click()`,
  );

const says = 'This page is slowing Bulkhead down';

const floods = {
  titles: `setInterval(() => { for (let i = 0; i < 300; i++) document.title = 'Flood ' + Math.random() }, 1)`,
  'console messages': `setInterval(() => { for (let i = 0; i < 50; i++) console.log('x'.repeat(20000) + i) }, 1)`,
  frames: `setInterval(() => { for (let i = 0; i < 20; i++) {
      document.body.append(document.createElement('iframe'));
      if (document.querySelectorAll('iframe').length > 50) document.querySelector('iframe').remove();
    } }, 1)`,
  'navigations of frames': `const frames = Array.from({ length: 50 }, () => document.body.appendChild(document.createElement('iframe')));
    setInterval(() => { for (const each of frames) each.src = 'about:blank?' + Math.random() }, 0)`,
  'workers and databases': `const code = URL.createObjectURL(new Blob(['1']));
    setInterval(() => { for (let i = 0; i < 20; i++) { new Worker(code).terminate(); indexedDB.open('d' + Math.random()) } }, 1)`,
  icons: `setInterval(() => { for (let i = 0; i < 50; i++) {
      const href = 'data:image/png;base64,' + 'A'.repeat(1_000_000) + Math.random();
      document.head.append(Object.assign(document.createElement('link'), { rel: 'icon', href }));
    } })`,
  addresses: `setInterval(() => { for (let i = 0; i < 20; i++) {
      try { history.replaceState('s'.repeat(500_000), '', '?' + 'x'.repeat(1_000_000) + Math.random()) } catch {}
    } })`,
};

test('a page that floods the browser is slowed down, and the user can end it, or wait', async ({
  launchUndriven,
  pages,
}) => {
  const flood = pages.html('Flood', '<p>flood</p>');
  const beside = pages.counter('Beside');
  const undriven = await launchUndriven([flood, beside]);
  await hasTab(undriven, 'Beside');
  await undriven.inPage(flood, `${floods.titles}; 0`);
  await expect.poll(() => undriven.shellText(), { timeout: 60_000 }).toContain(says);
  await goesOn(undriven, beside);
  await press(undriven, 'End process');
  await expect.poll(() => undriven.shellText()).toContain("This tab's process was killed");
  await press(undriven, 'Reload');
  await hasTab(undriven, 'Flood');
  await expect.poll(() => undriven.shellText()).not.toContain("This tab's process was killed");
  await undriven.inPage(flood, `${floods.titles}; 0`);
  await expect.poll(() => undriven.shellText(), { timeout: 60_000 }).toContain(says);
  await press(undriven, 'Wait');
  await expect.poll(() => undriven.shellText()).not.toContain(says);
  await goesOn(undriven, beside);
  await undriven.closeWindow();
  await undriven.ended();
  expect(undriven.exitCode, undriven.log).toBe(0);
});

for (const [kind, script] of Object.entries(floods)) {
  test(`a tab, and the window, close while a page floods them with ${kind}, and the other page continues`, async ({
    launchUndriven,
    pages,
  }) => {
    const flood = pages.html('Flood', '<p>flood</p>');
    const again = pages.html('Again', '<p>flood</p>');
    const beside = pages.counter('Beside');
    const undriven = await launchUndriven([flood, beside, again]);
    await hasTab(undriven, 'Beside');
    await undriven.inPage(flood, `${script}; 0`);
    await goesOn(undriven, beside);
    await undriven.inShell(`document.querySelector('[data-closes] button').click()`);
    await expect.poll(async () => (await undriven.tabs()).length, { timeout: 30_000 }).toBe(2);
    await goesOn(undriven, beside);
    await undriven.inPage(again, `${script}; 0`);
    await goesOn(undriven, beside);
    await undriven.closeWindow();
    await undriven.ended();
    expect(undriven.exitCode, undriven.log).toBe(0);
  });
}

test('a page, or its cross-site subframe, that makes the browser keep growing is slowed down, and reported', async ({
  launchUndriven,
  pages,
}) => {
  const script = `const buffer = new Uint8Array(5_000_000);
    setInterval(() => { for (let i = 0; i < 5; i++) URL.createObjectURL(new Blob([buffer])) }, 1)`;
  const flood = pages.html('Flood', '<p>flood</p>');
  const far = pages.html('Far', `<script>onmessage = () => { ${script} }</script>`).replace('127.0.0.1', 'localhost');
  const framing = pages.html('Framing', `<iframe src="${far}"></iframe>`);
  const beside = pages.counter('Beside');
  const undriven = await launchUndriven([flood, beside, framing]);
  await hasTab(undriven, 'Framing');
  await undriven.inPage(flood, `${script}; 0`);
  await expect.poll(() => undriven.shellText(), { timeout: 60_000 }).toContain(says);
  await goesOn(undriven, beside);
  await press(undriven, 'End process');
  await expect.poll(() => undriven.shellText()).toContain("This tab's process was killed");
  await undriven.press('bulkhead://shell', '3', 'control');
  await expect.poll(() => undriven.shellText()).not.toContain("This tab's process was killed");
  expect(await undriven.shellText()).not.toContain(says);
  await undriven.inPage(framing, `frames[0].postMessage('go', '*'); 0`);
  await expect.poll(() => undriven.shellText(), { timeout: 60_000 }).toContain(says);
  await goesOn(undriven, beside);
  await press(undriven, 'Wait');
  await expect.poll(() => undriven.shellText()).not.toContain(says);
});

test('a page whose address keeps growing slows down only itself', async ({ launchUndriven, pages }) => {
  const grows = pages.html(
    'Grows',
    `<script>onclick = () => { let grown = ''; for (let step = 0; step < 20000; step++) {
      grown += step + 'x'.repeat(1000);
      try { history.pushState(null, '', grown) } catch { break }
    } }</script>`,
  );
  const beside = pages.counter('Beside');
  const undriven = await launchUndriven([grows, beside]);
  await hasTab(undriven, 'Beside');
  await undriven.inPage(grows, `setTimeout(onclick); 0`);
  await expect.poll(() => undriven.address()).not.toBe(grows);
  await goesOn(undriven, beside);
  // The start of an address that is too long is shown, with a mark.
  await expect.poll(() => undriven.address(), { timeout: 60_000 }).toMatch(/… \[\d+\]$/);
  await goesOn(undriven, beside);
});

test('a long address without a server shows an error page in its own tab', async ({ launchUndriven, pages }) => {
  const asks = pages.html(
    'Asks',
    `<button onclick="location.href = 'http://127.0.0.1:9/?' + 'a'.repeat(100000)">go</button>`,
  );
  const beside = pages.counter('Beside');
  const undriven = await launchUndriven([asks, beside]);
  await hasTab(undriven, 'Beside');
  await undriven.click(asks, 'button');
  await expect.poll(() => undriven.shellText()).toContain('This page could not be loaded');
  expect(await undriven.address()).toMatch(/^http:\/\/127\.0\.0\.1:9\/\?a+… \[100020\]$/);
  await goesOn(undriven, beside);
  expect(undriven.exitCode, undriven.log).toBeNull();
});

test('a page may replace its document with javascript: addresses again and again', async ({
  launchUndriven,
  pages,
}) => {
  const page = pages.html('Honest', '<p>first</p>');
  const undriven = await launchUndriven([page]);
  await hasTab(undriven, 'Honest');
  for (let round = 1; round <= 8; round++) {
    await undriven.inPage(page, `location.href = 'javascript:"<title>Round ${round}</title><p>hello</p>"'; 0`);
    await hasTab(undriven, `Round ${round}`);
  }
  expect(undriven.log).not.toContain('bad message');
  // The last document has its port: its heartbeats arrive.
  await undriven.showFigures();
  await expect.poll(() => undriven.shellText()).toMatch(/[1-9]\d* beats/);
});

test("a bug in handling one tab's event ends that tab, and says so", async ({ launchUndriven, pages }) => {
  const victim = pages.html('Victim', '<p>victim</p>');
  const beside = pages.counter('Beside');
  const undriven = await launchUndriven([victim, beside]);
  await hasTab(undriven, 'Beside');
  await undriven.evaluate(({ webContents }, address) => {
    const contents = webContents.getAllWebContents().find((each) => each.getURL() === address);
    contents?.once('page-title-updated', () => {
      throw new TypeError('a bug in a handler');
    });
  }, victim);
  // The process may end before it has answered.
  await undriven.inPage(victim, `document.title = 'Other'; 0`).catch(() => undefined);
  await expect.poll(() => undriven.shellText()).toContain('Bulkhead failed in this tab and ended it');
  await goesOn(undriven, beside);
  await press(undriven, 'Reload');
  await hasTab(undriven, 'Victim');
  expect(undriven.log).toContain('a bug in a handler');
  await undriven.go('bulkhead://crashes');
  await expect
    .poll(() => undriven.inPage<string>('bulkhead://crashes', 'document.body.innerText').catch(() => ''))
    .toContain('TypeError: a bug in a handler');
});
