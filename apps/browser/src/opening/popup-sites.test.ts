import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ProfileTroubles } from '../storage/files/profile-troubles.ts';
import { PopupSites, siteOf } from './popup-sites.ts';

async function temporaryProfile(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bulkhead-popup-sites-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test.each([
  ['https://a.example/path?query', 'https://a.example'],
  ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080'],
  ['file:///home/page.html', null],
  ['data:text/html,x', null],
  ['about:blank', null],
  ['', null],
])('the site of %s is %s', (address, site) => expect(siteOf(address)).toBe(site));

test('keeps the sites that the user allowed, in a file that only the user can read', async () => {
  const profile = await temporaryProfile();
  const sites = new PopupSites(profile, new ProfileTroubles());
  expect(sites.allows('https://a.example/')).toBe(false);
  await Promise.all([
    sites.allow('https://a.example/page'),
    sites.allow('https://b.example/'),
    sites.allow('file:///x'),
  ]);
  const next = new PopupSites(profile, new ProfileTroubles());
  expect(
    ['https://a.example/other', 'https://b.example/', 'http://a.example/', 'file:///x'].map((a) => next.allows(a)),
  ).toEqual([true, true, false, false]);
  expect((await stat(path.join(profile, 'popup-sites.json'))).mode & 0o777).toBe(0o600);
});

test.each(['', '{', '[]', '{"allowed":[1]}', '{"allowed":"https://a.example"}'])(
  'a damaged file (%s) allows nothing',
  async (text) => {
    const profile = await temporaryProfile();
    await writeFile(path.join(profile, 'popup-sites.json'), text);
    const sites = new PopupSites(profile, new ProfileTroubles());
    expect(sites.allows('https://a.example/')).toBe(false);
    await sites.allow('https://a.example/');
    expect(new PopupSites(profile, new ProfileTroubles()).allows('https://a.example/')).toBe(true);
  },
);

test('forget removes a site at once and from the disk, emits an event, and the list has the newest first', async () => {
  const profile = await temporaryProfile();
  const sites = new PopupSites(profile, new ProfileTroubles());
  let changes = 0;
  sites.on('changed', () => changes++);
  await sites.allow('https://a.example/');
  await sites.allow('https://xn--hu5b15w.example/');
  expect(sites.list().map(({ site }) => site)).toEqual(['https://xn--hu5b15w.example', 'https://a.example']);
  await sites.forget('https://a.example');
  await sites.forget('https://unknown.example');
  expect(sites.allows('https://a.example/')).toBe(false);
  expect(changes).toBe(3);
  expect(new PopupSites(profile, new ProfileTroubles()).list()).toEqual(sites.list());
});
