import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Account } from '../bootstrap/account.mjs';
import { SetupFailure, systemErrorCode } from '../bootstrap/failure.mjs';
import { onExit } from './exit.ts';

/** Makes a folder for temporary files. The caller must remove it. */
export function makeTemporaryFolder(prefix: string): string {
  try {
    return mkdtempSync(path.join(tmpdir(), prefix));
  } catch (error) {
    throw new SetupFailure(
      `No temporary folder can be made in ${tmpdir()} (${systemErrorCode(error)}).`,
      ['make it writable and free space there, or name another one:', 'export TMPDIR=/some/other/folder'],
      { cause: error },
    );
  }
}

/**
 * Runs `work` with a temporary folder that belongs to the user that runs the app. The folder is removed however the
 * work or this process ends.
 */
export async function withPrivateFolder<T>(
  account: Account | undefined,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = makeTemporaryFolder('bulkhead-');
  const remove = onExit(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
  try {
    if (account) chownSync(folder, account.uid, account.gid);
    return await work(folder);
  } finally {
    remove();
  }
}
