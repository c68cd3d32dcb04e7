import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { serve } from './server.ts';
import { expect, test } from './test.ts';

/** Chrome's request languages for each interface language. */
const languages = [
  { chosen: 'system', told: ['en-US', 'en'], header: 'en-US,en;q=0.9' },
  { chosen: 'en', told: ['en-US', 'en'], header: 'en-US,en;q=0.9' },
  { chosen: 'ko', told: ['ko', 'en-US', 'en'], header: 'ko,en-US;q=0.9,en;q=0.8' },
] as const;

for (const { chosen, told, header } of languages) {
  test(`pages see the same languages by header and by script: ${chosen}`, async ({ launchUndriven, folder }) => {
    const asked = new Map<string, string | undefined>();
    await using server = await serve(({ path }, response, headers) => {
      asked.set(path, headers['accept-language']);
      const isScript = path === '/worker.js';
      response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html');
      response.end(isScript ? `fetch('/by-worker'); postMessage([...navigator.languages])` : '<title>Page</title>page');
    });
    const profile = path.join(folder, 'profile');
    await mkdir(profile);
    await writeFile(path.join(profile, 'settings.json'), JSON.stringify({ language: chosen }));
    const page = `${server.origin}/page`;
    const undriven = await launchUndriven([page], { profile });
    await expect.poll(() => undriven.inPage(page, 'document.title').catch(() => '')).toBe('Page');
    const seen = await undriven.inPage(
      page,
      `fetch('/by-page').then(() => new Promise((resolve) => { new Worker('/worker.js').onmessage = ({ data }) =>
         resolve([navigator.language, [...navigator.languages], data]) }))`,
    );
    expect(seen).toEqual([told[0], told, told]);
    await expect.poll(() => [...asked.keys()].sort()).toEqual(['/by-page', '/by-worker', '/page', '/worker.js']);
    expect(new Set(asked.values())).toEqual(new Set([header]));
  });
}
