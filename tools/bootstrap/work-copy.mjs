import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { canRead } from './account.mjs';
import { cacheFolder, writableCacheFolder } from './cache-folder.mjs';
import { SetupFailure } from './failure.mjs';
import { withLock } from './lock.mjs';
import { say } from './log.mjs';

/** Folders that set-up and tests make inside a checkout. They are never copied or removed. */
const MADE_HERE = new Set(['node_modules', 'out', '.git', 'test-results']);

/**
 * Returns a folder with the checkout's files that the account can read: the checkout itself, or a copy in the cache if
 * a parent folder or a file is not readable. An existing copy is updated: changed files are written, missing files are
 * removed, and files that were installed or built in it stay.
 * @param {string} checkout
 * @param {import('./account.mjs').Account} account
 * @returns {Promise<string>}
 */
export async function readableCheckout(checkout, account) {
  const files = checkoutFiles(checkout);
  const installed = path.join(checkout, 'node_modules/.bulkhead-installed');
  const probes = files.map((file) => path.join(checkout, file)).filter((file) => statSync(file).isFile());
  if (existsSync(installed)) probes.push(installed);
  if (canRead(account, probes)) return checkout;

  const folder = writableCacheFolder('checkouts');
  const key = `${path.basename(checkout)}-${createHash('sha256').update(checkout).digest('hex').slice(0, 12)}`;
  const copy = path.join(folder, key);
  await withLock(`${copy}.lock`, 'Copying this checkout', async () => {
    if (!existsSync(copy)) say(`the user "${account.name}" cannot read ${checkout}: working from a copy in ${copy}`);
    removeOrphans(folder);
    mirror(checkout, copy, files);
    writeFileSync(`${copy}.origin`, checkout);
  });
  if (!canRead(account, [path.join(copy, 'package.json')])) {
    throw new SetupFailure(
      `The user "${account.name}" can read neither ${checkout} nor the cache in ${cacheFolder()}.`,
      ['name a cache folder whose parents are open to other users:', 'export BULKHEAD_CACHE_DIR=/some/other/folder'],
    );
  }
  return copy;
}

/**
 * Returns the files of the checkout as paths inside it: all files that git tracks or does not ignore, or all files if
 * it is not a git checkout.
 * @param {string} checkout
 * @returns {string[]}
 */
export function checkoutFiles(checkout) {
  const { status, stdout } = spawnSync(
    'git',
    ['-c', 'safe.directory=*', 'ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'],
    { cwd: checkout, encoding: 'utf8', maxBuffer: 1 << 26 },
  );
  const listed = status === 0 ? stdout.split('\0').filter(Boolean) : [];
  // A checkout that was unpacked inside another repository may be ignored there.
  if (!listed.includes('package.json')) return filesUnder(checkout);
  return listed.filter((file) => existsSync(path.join(checkout, file)));
}

/**
 * @param {string} root
 * @param {string} inside
 * @returns {string[]}
 */
function filesUnder(root, inside = '') {
  return readdirSync(path.join(root, inside), { withFileTypes: true }).flatMap((entry) => {
    if (MADE_HERE.has(entry.name)) return [];
    const file = path.join(inside, entry.name);
    return entry.isDirectory() ? filesUnder(root, file) : [file];
  });
}

/**
 * @param {string} from
 * @param {string} to
 * @param {string[]} files
 */
function mirror(from, to, files) {
  mkdirSync(to, { recursive: true });
  const wanted = new Set(files);
  for (const file of filesUnder(to)) if (!wanted.has(file)) rmSync(path.join(to, file));
  for (const file of files) mirrorFile(path.join(from, file), path.join(to, file));
}

/**
 * @param {string} source
 * @param {string} target
 */
function mirrorFile(source, target) {
  const stats = lstatSync(source);
  const present = lstatSync(target, { throwIfNoEntry: false });
  if (present && isSame(stats, present)) return;
  mkdirSync(path.dirname(target), { recursive: true });
  rmSync(target, { recursive: true, force: true });
  if (stats.isSymbolicLink()) {
    symlinkSync(readlinkSync(source), target);
    return;
  }
  const incoming = `${target}.incoming`;
  copyFileSync(source, incoming);
  chmodSync(incoming, stats.mode & 0o111 ? 0o755 : 0o644);
  utimesSync(incoming, stats.atimeMs / 1000, stats.mtimeMs / 1000);
  renameSync(incoming, target);
}

/**
 * @param {import('node:fs').Stats} source
 * @param {import('node:fs').Stats} copy
 */
function isSame(source, copy) {
  const sameTime = Math.abs(source.mtimeMs - copy.mtimeMs) < 1; // setting a time loses the nanoseconds
  return source.size === copy.size && sameTime && Boolean(source.mode & 0o100) === Boolean(copy.mode & 0o100);
}

/**
 * Removes copies whose checkout no longer exists.
 * @param {string} folder
 */
function removeOrphans(folder) {
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.origin'))) {
    if (existsSync(readFileSync(path.join(folder, name), 'utf8'))) continue;
    const copy = path.join(folder, name.slice(0, -'.origin'.length));
    rmSync(copy, { recursive: true, force: true });
    rmSync(`${copy}.lock`, { force: true });
    rmSync(path.join(folder, name));
  }
}
