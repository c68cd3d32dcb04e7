import { accessSync, constants, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { isRoot } from './account.mjs';
import { SetupFailure, systemErrorCode } from './failure.mjs';

/**
 * Returns the folder for Electron and work copies, which checkouts share: `BULKHEAD_CACHE_DIR`; for root
 * /var/cache/bulkhead, which all users can read and only root can write, so that the user who runs Electron cannot
 * change it; otherwise the user's cache folder.
 */
export function cacheFolder(environment = process.env) {
  if (environment.BULKHEAD_CACHE_DIR) return path.resolve(environment.BULKHEAD_CACHE_DIR);
  if (isRoot()) return '/var/cache/bulkhead';
  const base = environment.XDG_CACHE_HOME;
  return path.join(base && path.isAbsolute(base) ? base : path.join(homedir(), '.cache'), 'bulkhead');
}

/**
 * Returns the folder with this name in the cache. Makes it if it is missing, and checks that it is writable.
 * @param {string} name
 */
export function writableCacheFolder(name) {
  const folder = path.join(cacheFolder(), name);
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new SetupFailure(`The cache folder ${folder} cannot be written (${systemErrorCode(error)}).`, [
      'make it writable, or name another one:',
      'export BULKHEAD_CACHE_DIR=/some/other/folder',
    ]);
  }
  return folder;
}
