import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { writableCacheFolder } from '../bootstrap/cache-folder.mjs';
import { SetupFailure, systemErrorCode } from '../bootstrap/failure.mjs';
import { onExit } from './exit.ts';

/**
 * Runs `work` with a new folder for incomplete files inside the cache. The folder is removed however the work or the
 * process ends. It is on the cache's file system, so that complete files can be renamed into place.
 */
export async function withIncomingFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(writableCacheFolder('incoming'), 'set-up-'));
  const remove = onExit(() => rmSync(folder, { recursive: true, force: true }));
  try {
    return await work(folder);
  } catch (error) {
    throw explainWriteFailure(error, folder);
  } finally {
    remove();
  }
}

/** Removes the leftovers of killed set-ups. Only the holder of the set-up lock may call this. */
export function removeAbandoned(): void {
  rmSync(writableCacheFolder('incoming'), { recursive: true, force: true });
}

function explainWriteFailure(error: unknown, folder: string): unknown {
  if (error instanceof SetupFailure) return error;
  const code = systemErrorCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new SetupFailure(
      `The disk is full: the runtime cannot be unpacked in ${folder} (${code}).`,
      ['free 1 GB there, or name a cache folder on another disk:', 'export BULKHEAD_CACHE_DIR=/some/other/folder'],
      { cause: error },
    );
  }
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') {
    return new SetupFailure(
      `The cache folder ${path.dirname(folder)} cannot be written (${code}).`,
      ['make it writable, or name another one:', 'export BULKHEAD_CACHE_DIR=/some/other/folder'],
      { cause: error },
    );
  }
  return error;
}
