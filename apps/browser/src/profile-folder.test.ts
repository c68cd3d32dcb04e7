import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isOpenElsewhere, setAsideFalseLocks, setAsidePipes, whyNoProfile } from './profile-folder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'bulkhead-profile-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('makes the folder that a profile is to be kept in', async () => {
  const profile = path.join(folder, 'not/there');
  expect(whyNoProfile(profile)).toBeUndefined();
  expect((await stat(profile)).isDirectory()).toBe(true);
});

it('says why there can be none', async () => {
  const file = path.join(folder, 'file');
  await writeFile(file, '');
  expect(whyNoProfile(file)).toBe('it is a file, no folder');
  expect(whyNoProfile(path.join(file, 'below'))).toBe('it is a file, no folder');
});

it.runIf(process.platform === 'linux')('knows a profile that is open from one that could not be locked', async () => {
  expect(isOpenElsewhere(folder)).toBe(false);
  await symlink('machine-1', path.join(folder, 'SingletonLock')); // as Chromium does: to what does not exist
  expect(isOpenElsewhere(folder)).toBe(true);
});

it.runIf(process.platform === 'linux')('sets aside what Chromium would wait for, and nothing else', async () => {
  for (const name of ['Cookies', 'settings.json']) execFileSync('mkfifo', [path.join(folder, name)]);
  await writeFile(path.join(folder, 'Preferences'), '{}');
  await mkdir(path.join(folder, 'Cache'));
  expect(setAsidePipes(folder)).toBe(true);
  // Who reads the settings says himself what he has found.
  expect((await readdir(folder)).sort()).toEqual(['Cache', 'Cookies.unread', 'Preferences', 'settings.json']);
  expect(setAsidePipes(folder)).toBe(false);
  expect(setAsidePipes(path.join(folder, 'nowhere'))).toBe(false);
});

it.runIf(process.platform === 'linux')('takes only a link for a lock', async () => {
  await symlink('machine-1', path.join(folder, 'SingletonLock'));
  expect(setAsideFalseLocks(folder)).toBe(false);
  await rm(path.join(folder, 'SingletonLock'));
  await writeFile(path.join(folder, 'SingletonLock'), '');
  await mkdir(path.join(folder, 'SingletonCookie'));
  expect(setAsideFalseLocks(folder)).toBe(true);
  expect((await readdir(folder)).sort()).toEqual(['SingletonCookie.unread', 'SingletonLock.unread']);
});
