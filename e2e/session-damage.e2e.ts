import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { killBrowser, onDisk, seenIn } from './session.ts';
import { expect, test } from './test.ts';

test('a damaged session falls back to the state before, and the window says so', async ({ launch, pages, folder }) => {
  const profile = path.join(folder, 'profile');
  const before = await launch([pages.counter('Alpha'), pages.counter('Beta')], { profile });
  await expect.poll(() => onDisk(profile)).toEqual({ titles: ['Alpha', 'Beta'], active: 'Alpha' });
  await before.activate('Beta');
  await expect.poll(() => onDisk(profile)).toEqual({ titles: ['Alpha', 'Beta'], active: 'Beta' });
  await killBrowser(before);
  // One letter of the line with the last change.
  const newest = await newestFile(profile);
  const bytes = await readFile(newest);
  bytes.write('?', bytes.length - 3);
  await writeFile(newest, bytes);

  const after = await launch([], { profile });
  await expect.poll(() => seenIn(after)).toEqual({ titles: ['Alpha', 'Beta'], active: 'Alpha' });
  await expect(after.statusBar).toContainText('The last state of the session was damaged; 2 tabs of the one before');
});

test('without a readable session the window opens normally, and says so', async ({ launch, folder }) => {
  const profile = path.join(folder, 'profile');
  await mkdir(path.join(profile, 'session'), { recursive: true });
  for (const file of ['even', 'odd']) await writeFile(path.join(profile, 'session', file), Buffer.alloc(4096, file));
  const bulkhead = await launch([], { profile });
  await expect.poll(() => seenIn(bulkhead)).toEqual({ titles: ['New tab'], active: 'New tab' });
  await expect(bulkhead.statusBar).toContainText('Bulkhead could not read the last state of the session');
  await expect.poll(() => onDisk(profile)).toEqual({ titles: ['New tab'], active: 'New tab' });
});

test('a session of another version is set aside, reported, and offered to a start that can read it', async ({
  launch,
  pages,
  folder,
}) => {
  const profile = path.join(folder, 'profile');
  const session = path.join(profile, 'session');
  const change = async (ending: string, from: string, to: string) => {
    for (const name of (await readdir(session)).filter((each) => each.endsWith(ending))) {
      const file = path.join(session, name);
      await writeFile(file, (await readFile(file, 'utf8')).replace(from, to));
    }
  };
  const newer = await launch([pages.counter('Alpha'), pages.counter('Beta')], { profile });
  await expect.poll(() => onDisk(profile)).toEqual({ titles: ['Alpha', 'Beta'], active: 'Alpha' });
  await killBrowser(newer);
  await change('', '"version":2', '"version":3');

  const older = await launch([pages.counter('Gamma')], { profile });
  await expect(older.notice).toContainText('Bulkhead could not read the last state of the session');
  await expect.poll(() => onDisk(profile)).toEqual({ titles: ['Gamma'], active: 'Gamma' });
  await older.application.evaluate(({ shell }) => {
    shell.showItemInFolder = (file) => Reflect.set(globalThis, 'shown', file);
  });
  await older.notice.getByRole('button', { name: 'Show in folder' }).click();
  const shown = () => older.application.evaluate(() => String(Reflect.get(globalThis, 'shown')));
  await expect.poll(async () => path.dirname(await shown())).toBe(session);
  expect(await shown()).toMatch(/\.unread$/);
  await killBrowser(older);

  await change('.unread', '"version":3', '"version":2');
  const again = await launch([], { profile });
  await again.notice.getByRole('button', { name: '1 more' }).click();
  await again.shell.getByRole('dialog', { name: 'Notices' }).getByRole('button', { name: 'Open its tabs' }).click();
  await expect.poll(() => seenIn(again)).toEqual({ titles: ['Alpha', 'Beta', 'Gamma'], active: 'Alpha' });
  await expect(again.statusBar).not.toContainText('can now read');
  await expect.poll(() => onDisk(profile)).toEqual({ titles: ['Alpha', 'Beta', 'Gamma'], active: 'Alpha' });
});

test('a session that cannot be saved is reported, and everything else works', async ({ launch, pages, folder }) => {
  const profile = path.join(folder, 'profile');
  const session = path.join(profile, 'session');
  await mkdir(session, { recursive: true });
  await chmod(session, 0o500);
  const bulkhead = await launch([pages.counter('Alpha')], { profile });
  await expect(bulkhead.tab('Alpha')).toBeVisible();
  await expect(bulkhead.statusBar).toContainText(/The session cannot be saved: .*EACCES.*\. A crash would lose it\./);
  await bulkhead.open(pages.counter('Beta'));
  await expect(bulkhead.tab('Beta')).toBeVisible();
  expect(await readdir(session)).toEqual([]);

  await chmod(session, 0o700);
  await bulkhead.activate('Alpha');
  await expect.poll(() => onDisk(profile)).toEqual({ titles: ['Alpha', 'Beta'], active: 'Alpha' });
  await expect(bulkhead.statusBar).not.toContainText('cannot be saved');
});

test('two profiles share nothing', async ({ launch, pages, folder }) => {
  const profiles = [path.join(folder, 'one'), path.join(folder, 'other')];
  const [one, other] = profiles as [string, string];
  const first = await launch([pages.counter('Alpha')], { profile: one });
  const second = await launch([pages.counter('Beta')], { profile: other });
  await expect.poll(() => onDisk(one)).toEqual({ titles: ['Alpha'], active: 'Alpha' });
  await expect.poll(() => onDisk(other)).toEqual({ titles: ['Beta'], active: 'Beta' });
  await killBrowser(first);
  await expect(second.tab('Beta')).toBeVisible();
  await killBrowser(second);
  expect(await seen(await launch([], { profile: other }))).toEqual({ titles: ['Beta'], active: 'Beta' });
  expect(await seen(await launch([], { profile: one }))).toEqual({ titles: ['Alpha'], active: 'Alpha' });
});

async function seen(bulkhead: Parameters<typeof seenIn>[0]) {
  await expect(bulkhead.tabs).toHaveCount(1);
  return seenIn(bulkhead);
}

async function newestFile(profile: string): Promise<string> {
  const files = ['even', 'odd'].map((name) => path.join(profile, 'session', name));
  const generations = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(file, 'utf8').catch(() => '{"generation":0}');
      return JSON.parse(text.split('\n')[0] ?? '').generation as number;
    }),
  );
  return files[generations.indexOf(Math.max(...generations))] ?? '';
}
