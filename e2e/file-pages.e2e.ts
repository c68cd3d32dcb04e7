import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { readSandbox } from './system.ts';
import { expect, test } from './test.ts';

test('files named on the command line open, by absolute and by relative path, each in its sandboxed process', async ({
  launch,
  folder,
}) => {
  const names = ['absolute.html', 'relative.html', '배 50% #1.html'];
  for (const name of names) await writeFile(path.join(folder, name), `<title>${name}</title><p>${name}</p>`);
  const bulkhead = await launch([path.join(folder, names[0]!), names[1]!, `./${names[2]}`, 'missing.html'], {
    workingDirectory: folder,
  });
  await expect(bulkhead.tabs).toHaveText([/absolute/, /relative/, /배 50% #1/, /missing/]);
  for (const name of names) {
    await bulkhead.activate(name);
    await expect(bulkhead.address).toHaveValue(pathToFileURL(path.join(folder, name)).href.replace('%EB%B0%B0', '배'));
    expect((await readSandbox(await bulkhead.pidOfTab(name))).seccomp).toBe(2);
  }
  const pids = await Promise.all(names.map((name) => bulkhead.pidOfTab(name)));
  expect(new Set(pids).size).toBe(3);

  await bulkhead.tabs.last().click();
  await expect(bulkhead.insteadOfPage).toContainText('There is no file with this name.');
});

test('a page from a file may go to another file', async ({ launch, folder }) => {
  await mkdir(path.join(folder, 'more'));
  await writeFile(path.join(folder, 'first.html'), '<title>First</title><a href="more/second.html">on</a>');
  await writeFile(path.join(folder, 'more/second.html'), '<title>Second</title>');
  const bulkhead = await launch([path.join(folder, 'first.html')]);
  await (await bulkhead.page('file:')).getByRole('link').click();
  await expect(bulkhead.tabs).toHaveText([/Second/]);
});

test('typed paths open with any characters in their names, and a folder shows its entries', async ({
  launch,
  folder,
}) => {
  const place = path.join(folder, '한글 폴더');
  await mkdir(path.join(place, 'inner'), { recursive: true });
  const names = ['plain.html', 'sp ace.html', '한글.html', 'a#b.html', '100%.html', '50%25off.html', 'what?.html'];
  for (const name of names)
    await writeFile(path.join(place, name), `<!doctype html><meta charset="utf-8"><title>${name}</title>`);
  await writeFile(path.join(place, '.hidden'), 'x'.repeat(2000));
  await writeFile(path.join(place, '<img src=x onerror=alert(1)>.html'), '<title>Odd</title>');
  await writeFile(path.join(place, 'closed.txt'), '', { mode: 0 });
  await mkdir(path.join(place, 'closed'), { mode: 0 });
  const bulkhead = await launch([path.join(place, 'plain.html')], { environment: { HOME: folder } });
  for (const name of names) {
    await bulkhead.go(path.join(place, name));
    await expect(bulkhead.tab(name)).toBeVisible();
  }

  await bulkhead.go(`${place}/`);
  const page = await bulkhead.page(pathToFileURL(`${place}/`).href);
  await expect(bulkhead.tab(`Index of ${place}/`)).toBeVisible();
  await expect(page.getByRole('link')).toHaveText([
    '↑ Parent folder',
    'closed/',
    'inner/',
    '.hidden',
    '100%.html',
    '50%25off.html',
    '<img src=x onerror=alert(1)>.html',
    'a#b.html',
    'closed.txt',
    'plain.html',
    'sp ace.html',
    'what?.html',
    '한글.html',
  ]);
  await expect(page.getByRole('row', { name: '.hidden' })).toContainText('2 kB');
  // No script runs in it, and it has no port.
  await expect(page.evaluate(() => document.body.append(document.createElement('script')))).resolves.toBeUndefined();
  expect((await readSandbox(await bulkhead.pidOfTab(`Index of ${place}/`))).seccomp).toBe(2);

  for (const name of ['a#b.html', '50%25off.html', 'what?.html']) {
    await page.getByRole('link', { name, exact: true }).click();
    await expect(bulkhead.tab(name)).toBeVisible();
    await bulkhead.button('Back').click();
    await expect(bulkhead.tab(`Index of ${place}/`)).toBeVisible();
  }
  await page.getByRole('link', { name: 'inner/' }).click();
  await expect(page.getByText('This folder is empty.')).toBeVisible();
  await page.getByRole('link', { name: 'Parent folder' }).click();
  await expect(bulkhead.tab(`Index of ${place}/`)).toBeVisible();

  // Without a slash, and the home folder.
  await bulkhead.go(place);
  await expect(bulkhead.tab(`Index of ${place}/`)).toBeVisible();
  await bulkhead.go('~/');
  await expect(bulkhead.tab(`Index of ${folder}/`)).toBeVisible();
  await bulkhead.go('~/한글 폴더/한글.html');
  await expect(bulkhead.tab('한글.html')).toBeVisible();

  for (const [name, words] of [
    ['closed.txt', 'The file may not be read.'],
    ['closed', 'The file may not be read.'],
    ['missing folder/', 'There is no file with this name.'],
  ] as const) {
    await bulkhead.go(path.join(place, name));
    await expect(bulkhead.insteadOfPage).toContainText(words);
  }
  await chmod(path.join(place, 'closed'), 0o700);
});

test('a page from a file shows other files, and can read none of them', async ({ launchUndriven, folder, pages }) => {
  await writeFile(path.join(folder, 'secret.json'), '{"key":"SECRET"}');
  await writeFile(path.join(folder, 'script.js'), 'self.ran = true');
  await writeFile(path.join(folder, 'module.js'), 'export default "SECRET"');
  const secret = pathToFileURL(path.join(folder, 'secret.json')).href;
  const listing = pathToFileURL(`${folder}/`).href;
  await writeFile(
    path.join(folder, 'hostile.html'),
    `<!doctype html><title>Hostile</title><script src="script.js"></script><iframe src="secret.json"></iframe>
    <iframe src="${listing}"></iframe><script>
    const read = {
      fetch: async () => (await fetch('${secret}')).text(),
      opaque: async () => (await fetch('${secret}', { mode: 'no-cors' })).text(),
      folder: async () => (await fetch('${listing}')).text(),
      request: () => new Promise((resolve, reject) => {
        const request = Object.assign(new XMLHttpRequest(), { onerror: reject });
        request.onload = () => resolve(request.responseText);
        request.open('GET', '${secret}');
        request.send();
      }),
      json: async () => JSON.stringify((await import('${secret}', { with: { type: 'json' } })).default),
      module: async () => (await import('./module.js')).default,
      frames: async () => [...document.querySelectorAll('iframe')].map((each) => each.contentWindow.document.body.innerText).join(),
      worker: () => new Promise((resolve, reject) => {
        const code = 'fetch("${secret}").then((answer) => answer.text()).then(postMessage, () => postMessage(null))';
        const worker = new Worker(window.URL.createObjectURL(new Blob([code])));
        worker.onmessage = ({ data }) => (data === null ? reject() : resolve(data));
      }),
      child: () => new Promise((resolve, reject) => {
        addEventListener('message', ({ data }) => (data === null ? reject() : resolve(data)));
        const child = document.createElement('iframe');
        child.srcdoc = '<script>fetch("${secret}").then((answer) => answer.text()).then((text) => parent.postMessage(text, "*"), () => parent.postMessage(null, "*"))<\\/script>';
        document.body.append(child);
      }),
    };
    addEventListener('load', async () => {
      const got = [];
      for (const [way, attempt] of Object.entries(read)) await attempt().then((text) => got.push(way + ' ' + text), () => 0);
      const web = await fetch('${pages.html('Web', 'web')}').then(({ ok }) => ok, () => 'refused by CORS');
      document.title = 'Got ' + JSON.stringify(got) + ', script ' + window.ran + ', web ' + web;
    });
    </script>`,
  );
  const undriven = await launchUndriven([path.join(folder, 'hostile.html')]);
  await expect
    .poll(() => undriven.tabs())
    .toEqual([expect.stringMatching(/^Got \[\], script true, web (true|refused by CORS)/)]);
});
