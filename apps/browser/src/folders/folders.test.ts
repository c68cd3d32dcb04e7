import { chmod, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { spokenLanguage } from '../runtime/languages.ts';
import { listingPage } from './listing-page.ts';
import { mostEntries, readFolder } from './read-folder.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'bulkhead-folders-'));
});

afterEach(async () => {
  await chmod(folder, 0o700);
  await rm(folder, { recursive: true });
});

async function pageOf(content: Awaited<ReturnType<typeof readFolder>>, language: 'en' | 'ko' = 'en') {
  let page = '';
  for await (const piece of listingPage(folder, content, language)) page += piece;
  return page;
}

test('lists folders first, then files, each with its size and date', async () => {
  for (const name of ['b.txt', 'A.txt', '.hidden']) await writeFile(path.join(folder, name), 'x'.repeat(2000));
  await utimes(path.join(folder, 'b.txt'), 1000, 1_700_000_000);
  await mkdir(path.join(folder, 'z folder'));
  await symlink('nowhere', path.join(folder, 'broken'));
  const { entries, isCut } = await readFolder(folder);
  expect(entries.map(({ name }) => name)).toEqual(['z folder', '.hidden', 'A.txt', 'b.txt', 'broken']);
  expect(entries.map(({ size }) => size)).toEqual([undefined, 2000, 2000, 2000, undefined]);
  expect(entries[3]?.changed).toBe(1_700_000_000_000);
  expect(isCut).toBe(false);
  const page = await pageOf({ entries, isCut });
  expect(page).toContain('2 kB');
  expect(page).toContain('<tr class="hidden">');
  expect(page).toContain(`${path.basename(folder)}/z%20folder/">`);
  expect(page).toContain('Parent folder');
});

test('a name is shown as text and linked to its file, whatever characters it has', async () => {
  const names = ['<script>alert(1)</script>', '"onmouseover=x', "it's", 'a&amp;b', 'a#b?c%d', '한글.html', 'a\nb'];
  for (const name of names) await writeFile(path.join(folder, name.replaceAll('/', '∕')), '');
  const page = await pageOf(await readFolder(folder));
  expect(page).not.toContain('<script');
  expect(page).not.toContain('"onmouseover');
  expect(page).toContain('a%23b%3Fc%25d"');
  expect(page).toContain('%ED%95%9C%EA%B8%80.html"><bdi>한글.html</bdi>');
  expect(page).toContain('a&amp;amp;b');
});

test('an unreadable folder rejects, and an empty one says so', async () => {
  await expect(readFolder(path.join(folder, 'missing'))).rejects.toMatchObject({ code: 'ENOENT' });
  expect(await pageOf(await readFolder(folder))).toContain('This folder is empty.');
  expect(await pageOf(await readFolder(folder), 'ko')).toContain('빈 폴더입니다.');
});

test('a folder with very many entries is cut, and says so', async () => {
  const entry = { name: 'a', isFolder: false, size: 0, changed: 0 };
  const page = await pageOf({ entries: Array.from({ length: mostEntries }, () => entry), isCut: true });
  expect(page.match(/<tr>/g)).toHaveLength(mostEntries + 1);
  expect(page).toContain('Only 10,000 of them are listed.');
});

test("the page uses the chosen language, or the system's", () => {
  expect(spokenLanguage('ko', 'en-US')).toBe('ko');
  expect(spokenLanguage('system', 'ko-KR')).toBe('ko');
  expect(spokenLanguage('system', 'kok')).toBe('en');
});
