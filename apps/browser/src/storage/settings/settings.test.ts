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

test('are the defaults until a person chooses, and then what was chosen, at the next start too', async () => {
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

test('say that their file is damaged until one is changed, and put it aside', async () => {
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

test('take a file of another version, with settings missing and settings that nobody knows', async () => {
  await writeFile(file(), '{"theme":"dark","volume":11}');
  expect(new Settings(profile, new ProfileTroubles()).state()).toMatchObject({
    settings: { theme: 'dark', keepHistory: true },
    damaged: false,
  });
});

test('are in force although they cannot be kept, and say why they cannot', async () => {
  blockPlace(path.join(profile, 'settings.json.next'));
  const settings = new Settings(profile, new ProfileTroubles());
  await settings.change(dark);
  expect(settings.chosen.theme).toBe('dark');
  expect(settings.state().unsaved).toMatch(/ENOTEMPTY/);
});

test('the last of several changes at once is the one that is kept', async () => {
  const settings = new Settings(profile, new ProfileTroubles());
  await Promise.all([settings.change(dark), settings.change({ ...dark, theme: 'light' })]);
  expect(new Settings(profile, new ProfileTroubles()).chosen.theme).toBe('light');
});
