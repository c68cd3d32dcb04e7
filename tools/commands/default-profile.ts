import { homedir } from 'node:os';
import path from 'node:path';
import type { Account } from '../bootstrap/account.mjs';

/** Folder for a profile of this name among the user's own settings. */
export function defaultProfile(name: string, account: Account | undefined): string {
  if (account) return path.join(account.home, '.config', name);
  return path.join(process.env.XDG_CONFIG_HOME || path.join(homedir(), '.config'), name);
}
