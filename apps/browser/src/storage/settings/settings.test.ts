import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ProfileTroubles } from '../files/profile-troubles.ts';
import { blockPlace } from '../files/testing/block-place.ts';
import { Settings } from './settings.ts';

let profile: string;
const file = () => path.join(profile, 'settings.json');

beforeEach(async () => {
  profile = await mkdtemp(path.join(tmpdir(), 'bulkhead-settings-'));
});

afterEach(() => rm(profile, { recursive: true }));

const dark = {
  ...new Settings('/nowhere', new ProfileTroubles()).chosen,
  theme: 'dark',
  memoryLimitKiB: 200_000,
} as const;

test('settings are the defaults until the user changes them, and keep the changes at the next start', async () => {
  expect(new Settings(profile, new ProfileTroubles()).state()).toMatchObject({
    settings: { theme: 'system' },
    damaged: false,
    unsaved: null,
  });
  await new Settings(profile, new ProfileTroubles()).change(dark);
  expect(new Settings(profile, new ProfileTroubles()).state()).toEqual({
    settings: dark,
    damaged: false,
    unsaved: null,
  });
  expect(await readdir(profile)).toEqual(['settings.json']);
});

test('report a damaged file until a setting is changed, and then set it aside', async () => {
  for (const text of ['', '{', '[]', '{"theme":"pink"}', '{"memoryLimitKiB":1}']) {
    await writeFile(file(), text);
    const settings = new Settings(profile, new ProfileTroubles());
    expect(settings.state(), text).toMatchObject({
      settings: { theme: 'system', memoryLimitKiB: null },
      damaged: true,
    });
    await settings.change(dark);
    expect(settings.state(), text).toEqual({ settings: dark, damaged: false, unsaved: null });
    expect(await readFile(`${file()}.unread`, 'utf8')).toBe(text);
    await rm(`${file()}.unread`);
  }
});

test('accept a file of another version, with missing and unknown settings', async () => {
  await writeFile(file(), '{"theme":"dark","volume":11}');
  expect(new Settings(profile, new ProfileTroubles()).state()).toMatchObject({
    settings: { theme: 'dark', keepHistory: true },
    damaged: false,
  });
});

test('apply although they cannot be saved, and say why not', async () => {
  blockPlace(path.join(profile, 'settings.json.next'));
  const settings = new Settings(profile, new ProfileTroubles());
  await settings.change(dark);
  expect(settings.chosen.theme).toBe('dark');
  expect(settings.state().unsaved).toMatch(/ENOTEMPTY/);
});

test('the last of several changes at once is saved', async () => {
  const settings = new Settings(profile, new ProfileTroubles());
  await Promise.all([settings.change(dark), settings.change({ ...dark, theme: 'light' })]);
  expect(new Settings(profile, new ProfileTroubles()).chosen.theme).toBe('light');
});
