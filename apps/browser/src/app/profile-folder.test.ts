import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isOpenElsewhere, setAsideFalseLocks, setAsideUnreadable, whyNoProfile } from './profile-folder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'bulkhead-profile-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('creates the folder of a profile', async () => {
  const profile = path.join(folder, 'not/there');
  expect(whyNoProfile(profile)).toBeUndefined();
  expect((await stat(profile)).isDirectory()).toBe(true);
});

it('says why a profile cannot be created', async () => {
  const file = path.join(folder, 'file');
  await writeFile(file, '');
  expect(whyNoProfile(file)).toBe('it is a file, not a folder');
  expect(whyNoProfile(path.join(file, 'below'))).toBe('it is a file, not a folder');
});

it.runIf(process.platform === 'linux')('tells an open profile from one that could not be locked', async () => {
  expect(isOpenElsewhere(folder)).toBe(false);
  await symlink('machine-1', path.join(folder, 'SingletonLock')); // as Chromium does: to a target that does not exist
  expect(isOpenElsewhere(folder)).toBe(true);
});

it.runIf(process.platform === 'linux')('sets aside files that Chromium would wait for, and nothing else', async () => {
  const place = (name: string) => path.join(folder, name);
  for (const name of ['Local Storage/leveldb', 'Cache/Cache_Data', 'CacheStorage', 'session'])
    await mkdir(place(name), { recursive: true });
  for (const name of ['Cookies', 'settings.json', 'session/even', 'Local Storage/leveldb/CURRENT'])
    execFileSync('mkfifo', [place(name)]);
  await writeFile(place('Preferences'), '{}');
  await symlink('/dev/zero', place('Local State'));
  await symlink(place('settings.json'), place('Cache/Cache_Data/index'));
  await symlink('machine-1', place('SingletonLock'));
  await symlink('itself', place('itself'));
  for (const name of ['Local Storage/leveldb/000003.log', 'CacheStorage/index.txt', 'Cache/Cache_Data/f_000001']) {
    await writeFile(place(name), '');
    await truncate(place(name), 3 * 1024 ** 3);
  }
  expect(setAsideUnreadable(folder)).toBe(true);
  // The readers of the settings and of the session report by themselves what they found.
  const left = await readdir(folder, { recursive: true });
  expect(left.sort()).toEqual(
    [
      ...['Cache', 'Cache/Cache_Data', 'Cache/Cache_Data/f_000001', 'Cache/Cache_Data/index.unread'],
      ...[
        'CacheStorage',
        'CacheStorage/index.txt.unread',
        'Cookies.unread',
        'Local State.unread',
        'Local Storage',
        'Local Storage/leveldb',
      ],
      ...['Local Storage/leveldb/000003.log.unread', 'Local Storage/leveldb/CURRENT.unread', 'Preferences'],
      ...['SingletonLock', 'itself', 'session', 'session/even', 'settings.json'],
    ].sort(),
  );
  expect(setAsideUnreadable(folder)).toBe(false);
  expect(setAsideUnreadable(path.join(folder, 'nowhere'))).toBe(false);
});

it.runIf(process.platform === 'linux')(
  'sets aside files and dead links in the place of folders of databases',
  async () => {
    const origins = ['of-a-file', 'of-a-link', 'open', 'elsewhere'].map((name) => `${name}.indexeddb.leveldb`);
    const [file = '', link = '', open = '', elsewhere = ''] = origins;
    const place = (name: string) => path.join(folder, 'IndexedDB', name);
    for (const name of [open, '../elsewhere']) await mkdir(place(name), { recursive: true });
    await writeFile(place(file), '');
    await symlink('/nowhere/at/all', place(link));
    await symlink('../elsewhere', place(elsewhere));
    expect(setAsideUnreadable(folder)).toBe(true);
    expect((await readdir(path.join(folder, 'IndexedDB'))).sort()).toEqual(
      [...[file, link].map((name) => `${name}.unread`), open, elsewhere].sort(),
    );
    expect(setAsideUnreadable(folder)).toBe(false);
  },
);

it.runIf(process.platform === 'linux')('takes only a link for a lock', async () => {
  await symlink('machine-1', path.join(folder, 'SingletonLock'));
  expect(setAsideFalseLocks(folder)).toBe(false);
  await rm(path.join(folder, 'SingletonLock'));
  await writeFile(path.join(folder, 'SingletonLock'), '');
  await mkdir(path.join(folder, 'SingletonCookie'));
  expect(setAsideFalseLocks(folder)).toBe(true);
  expect((await readdir(folder)).sort()).toEqual(['SingletonCookie.unread', 'SingletonLock.unread']);
});
