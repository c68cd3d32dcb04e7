import { accessSync, constants, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { isRoot } from './account.mjs';
import { SetupFailure, systemErrorCode } from './failure.mjs';

/**
 * Where runtimes and work copies are kept, shared between checkouts: `BULKHEAD_CACHE_DIR`, for root /var/cache/bulkhead
 * (readable to all and writable to root alone, so that the user who runs the runtime cannot alter it), otherwise the
 * user's own cache folder.
 */
export function cacheFolder(environment = process.env) {
  if (environment.BULKHEAD_CACHE_DIR) return path.resolve(environment.BULKHEAD_CACHE_DIR);
  if (isRoot()) return '/var/cache/bulkhead';
  const base = environment.XDG_CACHE_HOME;
  return path.join(base && path.isAbsolute(base) ? base : path.join(homedir(), '.cache'), 'bulkhead');
}

/**
 * The folder of that name in the cache, made when missing and known to be writable.
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
