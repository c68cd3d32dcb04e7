import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { findAccount, isRoot } from './account.mjs';
import { checkoutFiles, readableCheckout } from './work-copy.mjs';

const account = isRoot() ? findAccount('bulkhead') : undefined;

/** Makes a checkout with a file that others may not read, an executable, and a file from a set-up. */
function makeCheckout({ git = true } = {}): string {
  const checkout = path.join(temporaryFolder(), 'checkout');
  mkdirSync(path.join(checkout, 'apps/one'), { recursive: true });
  mkdirSync(path.join(checkout, 'node_modules'));
  writeFileSync(path.join(checkout, 'package.json'), '{}');
  writeFileSync(path.join(checkout, 'apps/one/main.ts'), 'one', { mode: 0o600 });
  writeFileSync(path.join(checkout, 'run'), '#!/bin/sh\n', { mode: 0o700 });
  writeFileSync(path.join(checkout, 'node_modules/installed'), '');
  writeFileSync(path.join(checkout, '.gitignore'), 'node_modules/\n');
  if (git) expect(spawnSync('git', ['init', '--quiet'], { cwd: checkout }).status).toBe(0);
  return checkout;
}

const FILES = ['.gitignore', 'apps/one/main.ts', 'package.json', 'run'];

it.each([true, false])('lists the files of a checkout, but no generated files (git: %s)', (git) => {
  expect(checkoutFiles(makeCheckout({ git })).sort()).toEqual(FILES);
});

describe.runIf(account)('a checkout set up by root', () => {
  let cache = '';
  beforeEach(() => {
    cache = temporaryFolder();
    vi.stubEnv('BULKHEAD_CACHE_DIR', cache);
    onTestFinished(() => void vi.unstubAllEnvs());
  });

  it('is used itself if the account can read it', async () => {
    const checkout = makeCheckout();
    chmodSync(path.join(checkout, 'apps/one/main.ts'), 0o644);
    chmodSync(path.join(checkout, 'run'), 0o755);
    expect(await readableCheckout(checkout, account!)).toBe(checkout);
  });

  it('is copied for the account if one of its files is not readable', async () => {
    const copy = await readableCheckout(makeCheckout(), account!);
    expect(copy.startsWith(path.join(cache, 'checkouts/checkout-'))).toBe(true);
    const modes = FILES.map((file) => (statSync(path.join(copy, file)).mode & 0o777).toString(8));
    expect(modes).toEqual(['644', '644', '644', '755']);
    expect(readFileSync(path.join(copy, 'apps/one/main.ts'), 'utf8')).toBe('one');
    expect(existsSync(path.join(copy, 'node_modules'))).toBe(false);
  });

  it('is copied if a parent folder is not readable', async () => {
    const checkout = makeCheckout();
    for (const file of FILES) chmodSync(path.join(checkout, file), 0o644);
    chmodSync(path.dirname(checkout), 0o700);
    expect(await readableCheckout(checkout, account!)).not.toBe(checkout);
  });

  it('updates its copy, and keeps generated files there', async () => {
    const checkout = makeCheckout();
    const copy = await readableCheckout(checkout, account!);
    mkdirSync(path.join(copy, 'node_modules'));
    writeFileSync(path.join(copy, 'node_modules/stamp'), '');
    const untouched = statSync(path.join(copy, 'run'));

    writeFileSync(path.join(checkout, 'apps/one/main.ts'), 'two');
    writeFileSync(path.join(checkout, 'apps/new.ts'), 'new');
    rmSync(path.join(checkout, 'package.json'));
    writeFileSync(path.join(checkout, 'package.json'), '{"name": "again"}');
    rmSync(path.join(checkout, '.gitignore'));
    rmSync(path.join(checkout, 'node_modules'), { recursive: true });
    expect(await readableCheckout(checkout, account!)).toBe(copy);

    expect(readFileSync(path.join(copy, 'apps/one/main.ts'), 'utf8')).toBe('two');
    expect(readFileSync(path.join(copy, 'apps/new.ts'), 'utf8')).toBe('new');
    expect(readFileSync(path.join(copy, 'package.json'), 'utf8')).toBe('{"name": "again"}');
    expect(existsSync(path.join(copy, '.gitignore'))).toBe(false);
    expect(existsSync(path.join(copy, 'node_modules/stamp'))).toBe(true);
    expect(statSync(path.join(copy, 'run')).ino).toBe(untouched.ino);
  });

  it('loses its copy when it is removed', async () => {
    const checkout = makeCheckout();
    const copy = await readableCheckout(checkout, account!);
    rmSync(checkout, { recursive: true });
    await readableCheckout(makeCheckout(), account!);
    expect(existsSync(copy)).toBe(false);
  });

  it('needs a cache that the account can read', async () => {
    chmodSync(cache, 0o700);
    await expect(readableCheckout(makeCheckout(), account!)).rejects.toThrow(/can read neither .* nor the cache/);
  });
});
