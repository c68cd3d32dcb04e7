import { mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isOpenElsewhere, whyNoProfile } from './profile-folder.ts';

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
