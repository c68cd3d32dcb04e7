import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { removeChromiumLeftovers, removeSingletonFolders, singletonFolderOf } from './chromium-leftovers.ts';

test('removes what Chromium has forgotten, and neither new files nor files of others', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bulkhead-test-'));
  const [old, fresh, other] = ['.org.chromium.Chromium.aB3dE6', '.org.chromium.Chromium.aB3dE7', 'sem.aB3dE6'] as const;
  for (const name of [old, fresh, other]) writeFileSync(path.join(folder, name), '');
  const longAgo = Date.now() / 1000 - 3600;
  for (const name of [old, other]) utimesSync(path.join(folder, name), longAgo, longAgo);
  await removeChromiumLeftovers(folder);
  expect(readdirSync(folder).sort()).toEqual([fresh, other].sort());
  rmSync(folder, { recursive: true });
});

/** Binds a socket at this path, and dies. */
const dieOn = (socket: string) =>
  execFileSync(process.execPath, [
    '-e',
    `require('net').createServer().listen(${JSON.stringify(socket)}, () => process.kill(process.pid, 'SIGKILL'))`,
  ]);

test('removes the lock folders of dead browsers, and no others', async () => {
  const root = mkdtempSync(path.join(tmpdir(), 'bulkhead-test-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const make = (name: string) => {
    const folder = path.join(root, name);
    mkdirSync(folder);
    symlinkSync('1234', path.join(folder, 'SingletonCookie'));
    return folder;
  };
  const dead = (name: string) => {
    const folder = make(name);
    expect(() => dieOn(path.join(folder, 'SingletonSocket'))).toThrow();
    return folder;
  };
  const old = (folder: string) => utimesSync(folder, 1, 1);
  const profile = make('profile');
  const before = dead('scoped_dirBefore');
  symlinkSync(path.join(before, 'SingletonSocket'), path.join(profile, 'SingletonSocket'));
  expect(singletonFolderOf(profile)).toBe(before);
  rmSync(path.join(profile, 'SingletonSocket'));

  const living = make('scoped_dirLiving');
  const server = createServer().listen(path.join(living, 'SingletonSocket'));
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const withMore = dead('scoped_dirMoreAA');
  writeFileSync(path.join(withMore, 'mine'), 'x');
  const all = [
    living,
    withMore,
    dead('scoped_dirOldAAA'),
    make('.org.chromium.Chromium.NoSock'),
    dead('other_dirAAAAAA'),
  ];
  for (const folder of all) old(folder);
  dead('scoped_dirNewAAA');

  await removeSingletonFolders(profile, before, root);
  expect(readdirSync(root).sort()).toEqual(
    ['other_dirAAAAAA', 'profile', 'scoped_dirLiving', 'scoped_dirMoreAA', 'scoped_dirNewAAA'].sort(),
  );
});
