import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Account } from '../bootstrap/account.mjs';
import { onExit } from './exit.ts';

/**
 * Runs `work` with a temporary folder that belongs to the one whom the application runs as; it is gone afterwards,
 * however the work or this process ends.
 */
export async function withPrivateFolder<T>(
  account: Account | undefined,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bulkhead-'));
  const remove = onExit(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
  try {
    if (account) chownSync(folder, account.uid, account.gid);
    return await work(folder);
  } finally {
    remove();
  }
}
