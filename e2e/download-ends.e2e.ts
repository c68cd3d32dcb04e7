import { mkdir, readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { serve } from './server.ts';
import { expect, test } from './test.ts';
import type { Undriven } from './undriven.ts';

const shows = (undriven: Undriven, text: string | RegExp) => expect.poll(() => undriven.shellText()).toMatch(text);

const press = (undriven: Undriven, label: string) =>
  expect
    .poll(
      () =>
        undriven.inShell<boolean>(`(() => {
          const buttons = [...document.querySelectorAll('button')];
          // The progress of downloads follows their label.
          const labelOf = (each) => (each.getAttribute('aria-label') ?? each.innerText.trim()).split(',')[0];
          const button = buttons.find((each) => labelOf(each) === '${label}');
          button?.click();
          return button !== undefined;
        })()`),
      `the button "${label}"`,
    )
    .toBe(true);

/** Returns the files of a folder as the browser sees them. */
const filesOf = (undriven: Undriven, folder: string) =>
  undriven.evaluate((_electron, folder) => process.getBuiltinModule('fs').readdirSync(folder).sort(), folder);

/** Makes a page offer files by links, as its script does. */
const offer = (undriven: Undriven, page: string, files: string) =>
  undriven.inPage(
    page,
    `for (const [name, address] of ${files}) {
      const link = document.createElement('a');
      link.href = address;
      link.download = name;
      link.click();
    }`,
  );

async function sendSlowly(response: ServerResponse): Promise<void> {
  for (let part = 0; part < 20 && !response.destroyed; part++) {
    response.write(Buffer.alloc(200_000, 'x'));
    await pause(200);
  }
  response.end();
}

test('a download that does not fit on the disk says so, and leaves nothing', async ({ launchUndriven, folder }) => {
  const files = `${folder}/files`;
  await mkdir(files);
  // In a mount namespace of its own, where the folder is a disk of one mebibyte.
  const prefix = [
    'unshare',
    ...['--user', '--map-current-user', '--keep-caps', '--mount', '--', 'sh', '-c'],
    `mount -t tmpfs -o size=1m none '${files}' && exec setpriv --inh-caps=-all --ambient-caps=-all -- "$@"`,
    'sh',
  ];
  await using server = await serve(({ path }, response) => {
    if (!path.startsWith('/file')) {
      response.setHeader('Content-Type', 'text/html');
      response.end('<title>Page</title>');
      return;
    }
    const isKnown = path === '/file-known';
    response.writeHead(200, {
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': 'attachment; filename="large.bin"',
      ...(isKnown && { 'Content-Length': 4_000_000 }),
    });
    if (isKnown) response.end(Buffer.alloc(4_000_000, 'x'));
    else if (path === '/file-at-once') response.end(Buffer.alloc(4_000_000, 'x'));
    else void sendSlowly(response);
  });
  const undriven = await launchUndriven([`${server.origin}/`], { prefix });
  await undriven.evaluate(({ app }, files) => app.setPath('downloads', files), files);
  await shows(undriven, 'Page');
  for (const path of ['/file-known', '/file-unknown']) {
    await undriven.go(server.origin + path);
    await press(undriven, 'Downloads');
    await shows(undriven, 'The disk is full.');
    expect(await filesOf(undriven, files), path).toEqual([]);
    await press(undriven, 'Dismiss');
    await expect.poll(() => undriven.shellText()).not.toContain('The disk is full.');
  }
  // Nothing of it has been reported, and its space is free again before the check, as when all bytes arrive at once.
  await undriven.evaluate(({ session }, other) => {
    const { rmSync, writeFileSync } = process.getBuiltinModule('fs');
    try {
      writeFileSync(other, Buffer.alloc(2_000_000));
    } catch {} // now the disk is full
    session.defaultSession.once('will-download', (_event, item) => {
      item.on('updated', (_event, state) => state === 'interrupted' && rmSync(other));
    });
  }, `${files}/other`);
  await undriven.go(`${server.origin}/file-at-once`);
  await shows(undriven, 'The disk is full.');
  expect(await filesOf(undriven, files)).toEqual([]);
});

test('a page’s own data is downloaded completely, and Block keeps the rest from the disk', async ({
  launchUndriven,
  folder,
  pages,
}) => {
  const files = `${folder}/files`;
  const page = pages.html('Page', 'page');
  const undriven = await launchUndriven([page]);
  await undriven.evaluate(({ app }, files) => app.setPath('downloads', files), files);
  await shows(undriven, 'Page');
  await offer(
    undriven,
    page,
    `['one', 'two', 'three'].map((name) => [name + '.txt', URL.createObjectURL(new Blob([name.repeat(100000)]))])`,
  );
  await shows(undriven, 'wants to download 2 more files');
  const whole = async () => (await filesOf(undriven, files)).filter((name) => !name.endsWith('.crdownload'));
  await expect.poll(whole).toHaveLength(1);
  const [name = ''] = await whole();
  expect(await readFile(`${files}/${name}`, 'utf8')).toBe(name.replace('.txt', '').repeat(100_000));
  await press(undriven, 'Block');
  await expect.poll(() => undriven.shellText()).not.toContain('wants to download');
  await expect.poll(() => filesOf(undriven, files)).toEqual([name]);
  // The page does not get another one by asking again.
  await offer(undriven, page, `[['four.txt', 'data:text/plain,four']]`);
  await press(undriven, 'Downloads');
  await shows(undriven, 'four.txt');
  expect(await filesOf(undriven, files)).toEqual([name]);
});

test('a window that a page opens while it is closed opens nothing, and ends nothing', async ({
  launchUndriven,
  pages,
}) => {
  const late = `onpagehide = onbeforeunload = onunload = () => {
    for (let count = 0; count < 5; count++) window.open('/late?' + count);
    document.querySelector('a').dispatchEvent(new MouseEvent('click', { ctrlKey: true }));
  };`;
  const body = `<a href="/late?link" target="_blank">link</a><script>${late}</script>`;
  const [first, second, stays] = [pages.html('First', body), pages.html('Second', body), pages.html('Stays', 'stays')];
  const undriven = await launchUndriven([first, second, stays]);
  for (const page of [first, second]) {
    await expect.poll(() => undriven.address()).toBe(page);
    // A gesture that a window could use.
    await undriven.clickAt(page, { x: 200, y: 200 });
    if (page === first) await undriven.press(page, 'w', 'control');
  }
  await expect.poll(() => undriven.tabs()).toHaveLength(2);
  expect((await undriven.pages()).filter((address) => address.includes('/late'))).toEqual([]);
  await undriven.closeWindow();
  await undriven.ended();
  expect(undriven.exitCode, undriven.log).toBe(0);
});
