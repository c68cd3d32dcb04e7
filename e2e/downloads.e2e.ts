import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { serve } from './server.ts';
import { expect, test } from './test.ts';
import type { Undriven } from './undriven.ts';

const megabyte = Buffer.alloc(1_000_000, 'x');

const shows = (undriven: Undriven, text: string | RegExp) => expect.poll(() => undriven.shellText()).toMatch(text);

const openList = (undriven: Undriven) =>
  expect
    .poll(() =>
      undriven.inShell<boolean>(`(() => {
      const button = document.querySelector('button[aria-label^="Downloads"]');
      if (!document.querySelector('[role=dialog][aria-label="Downloads"]:popover-open')) button?.click();
      return button !== null;
    })()`),
    )
    .toBe(true);

const closeList = (undriven: Undriven) =>
  undriven.inShell(`document.querySelector('[role=dialog][aria-label="Downloads"]').hidePopover()`);

/** Presses the first button of the shell with this text. */
const choose = (undriven: Undriven, label: string) =>
  expect
    .poll(
      () =>
        undriven.inShell<boolean>(`(() => {
      // Buttons of a dialog come first.
      const buttons = [...document.querySelectorAll('[role=alertdialog] button'), ...document.querySelectorAll('button')];
      const button = buttons.find(({ innerText }) => innerText.trim() === ${JSON.stringify(label)});
      button?.click();
      return button !== undefined;
    })()`),
      `the button "${label}"`,
    )
    .toBe(true);

test('a download shows its name, progress and place, outlives its tab, and is only lost after a question', async ({
  launchUndriven,
  folder,
}) => {
  /** Downloads of which half was sent. */
  const open: ServerResponse[] = [];
  await using server = await serve(({ path }, response) => {
    const attach = (name: string, length: number) =>
      response.writeHead(200, {
        'Content-Type': 'application/octet-stream',
        'Content-Disposition': `attachment; filename="${name}"`,
        'Content-Length': length,
      });
    if (path.startsWith('/big')) {
      attach('big.bin', 2_000_000).write(megabyte);
      open.push(response);
    } else if (path === '/empty') attach('../../.empty.bin', 0).end();
    else if (path === '/small') attach('small.txt', 5).end('small');
    else if (path === '/gone') response.writeHead(404).end('no');
    else {
      response.setHeader('Content-Type', 'text/html');
      response.end(`<title>Page</title><a href="/big">big</a><a id="tab" href="/small" target="_blank">small</a>`);
    }
  });
  const page = `${server.origin}/`;
  const files = `${folder}/files`;
  const undriven = await launchUndriven([page]);
  await undriven.evaluate(({ app }, files) => app.setPath('downloads', files), files);
  const names = async () => (await readdir(files).catch(() => [])).sort();
  await shows(undriven, 'Page');

  await undriven.click(page, 'a');
  await openList(undriven);
  await shows(undriven, /big\.bin\s+977 KiB of 1\.9 MiB, .* a second/);
  expect(await names()).toEqual(['big.bin.crdownload']);
  // Its tab ends, and the download does not.
  await undriven.evaluate(({ webContents }, page) => {
    webContents
      .getAllWebContents()
      .find((each) => each.getURL() === page)
      ?.forcefullyCrashRenderer();
  }, page);
  await shows(undriven, 'This tab crashed');
  open.pop()?.end(megabyte);
  await expect.poll(names).toEqual(['big.bin']);
  await shows(undriven, '1.9 MiB, in ');
  expect((await readFile(`${files}/big.bin`)).length).toBe(2_000_000);

  // A second file of the same name gets a number; names cannot leave the folder; a tab opened for a download closes.
  await choose(undriven, 'Reload');
  await closeList(undriven);
  await expect.poll(() => undriven.inPage(page, 'document.title').catch(() => '')).toBe('Page');
  await undriven.click(page, '#tab');
  await expect.poll(names).toEqual(['big.bin', 'small.txt']);
  await expect.poll(() => undriven.tabs()).toHaveLength(1);
  await undriven.go(`${server.origin}/empty`);
  await expect.poll(names).toEqual(['_.._.empty.bin', 'big.bin', 'small.txt']);
  await undriven.go(`${server.origin}/big?second`);
  await expect.poll(names).toContain('big.bin.crdownload');
  await expect.poll(() => open.length).toBe(1);

  // Chromium resumes a broken download, and it is complete in the end.
  open.pop()?.destroy();
  await expect.poll(() => open.length).toBe(1);
  open.pop()?.end(megabyte);
  await expect.poll(names).toContain('big (1).bin');
  expect((await readFile(`${files}/big (1).bin`)).length).toBe(2_000_000);

  // A file that the server refuses leaves nothing, says so, and can be retried.
  await undriven.inPage(
    page,
    `{ const link = document.createElement('a'); link.href = '/gone'; link.download = 'gone.txt'; link.click(); }`,
  );
  await openList(undriven);
  await shows(undriven, 'The server did not send the file.');
  expect((await names()).join()).not.toContain('gone');
  await choose(undriven, 'Try again');
  await expect.poll(() => server.requests.filter(({ path }) => path === '/gone').length).toBe(2);
  await closeList(undriven);

  // A page downloads one file by itself, and the user is asked about the others.
  await undriven.go(`${server.origin}/several`);
  const several = `${server.origin}/several`;
  await expect.poll(() => undriven.inPage(several, 'document.readyState').catch(() => '')).toBe('complete');
  await undriven.inPage(
    several,
    `for (const name of ['one', 'two', 'three']) {
      const link = document.createElement('a');
      link.href = 'data:text/plain,' + name;
      link.download = name + '.txt';
      link.click();
    }`,
  );
  await shows(undriven, 'wants to download 2 more files');
  // Chromium may start with any of them.
  const whole = async () => (await names()).filter((name) => /^(one|two|three)\.txt$/.test(name)).length;
  await expect.poll(whole).toBe(1);
  await choose(undriven, 'Allow');
  await expect.poll(names).toEqual(expect.arrayContaining(['one.txt', 'three.txt', 'two.txt']));

  // The window closes only after a question.
  await undriven.go(`${server.origin}/big?last`);
  await expect.poll(names).toContain('big.bin.crdownload');
  await undriven.closeWindow();
  await shows(undriven, 'Closing the window cancels 1 download');
  await choose(undriven, 'Cancel');
  await expect.poll(() => undriven.shellText()).not.toContain('Closing the window cancels');
  await undriven.closeWindow();
  await shows(undriven, 'Closing the window cancels');
  const exited = once(undriven.process, 'exit');
  await choose(undriven, 'Close');
  await exited;
  expect(await names()).not.toContain('big.bin.crdownload');
});
