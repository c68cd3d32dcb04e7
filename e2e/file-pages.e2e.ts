import { mkdir, writeFile } from 'node:fs/promises';
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

test('a page that is a file may go to another file', async ({ launch, folder }) => {
  await mkdir(path.join(folder, 'more'));
  await writeFile(path.join(folder, 'first.html'), '<title>First</title><a href="more/second.html">on</a>');
  await writeFile(path.join(folder, 'more/second.html'), '<title>Second</title>');
  const bulkhead = await launch([path.join(folder, 'first.html')]);
  await (await bulkhead.page('file:')).getByRole('link').click();
  await expect(bulkhead.tabs).toHaveText([/Second/]);
});
