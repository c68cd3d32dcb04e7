import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ProfileTroubles } from '../storage/files/profile-troubles.ts';
import { NetworkSandbox } from './network-sandbox.ts';

let profile: string;

beforeEach(async () => {
  profile = await mkdtemp(path.join(tmpdir(), 'bulkhead-network-'));
});

afterEach(() => rm(profile, { recursive: true }));

const start = (runtime = '33.2.1') => new NetworkSandbox(profile, runtime, new ProfileTroubles());

test('is on, and stays on when the service crashes now and then', async () => {
  const sandbox = start();
  for (let minute = 0; minute < 60; minute += 1) expect(sandbox.crashed(minute * 30_001)).toBe(false);
  expect(sandbox.isOn).toBe(true);
  expect(await readdir(profile)).toEqual([]);
});

test('is suspected after three crashes within a minute, but is still on at the next start', async () => {
  const sandbox = start();
  const crashes = [0, 20_000, 40_000, 50_000, 60_000, 70_000].map((at) => sandbox.crashed(at));
  expect(crashes).toEqual([false, false, true, false, false, true]);
  expect(await readdir(profile)).toEqual([]);
  expect(start().isOn).toBe(true);
});

test("is off from the next start on when the user wants it, until the user or Electron's version changes that", async () => {
  const sandbox = start();
  await sandbox.choose(false);
  expect(sandbox.isOn).toBe(true);
  expect([0, 1, 2, 3].map((at) => sandbox.crashed(at))).toEqual([false, false, false, false]);
  const second = start();
  expect(second.isOn).toBe(false);
  expect([0, 1, 2, 3].map((at) => second.crashed(at))).toEqual([false, false, false, false]);
  expect(start('45.4.1').isOn).toBe(true);
  await second.choose(true);
  expect(start().isOn).toBe(true);
});
