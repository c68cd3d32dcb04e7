import { accessSync, constants, lstatSync, mkdirSync } from 'node:fs';
import path from 'node:path';

/** Why the profile cannot be kept in a folder, which is made where it is missing; undefined where it can be. */
export function whyNoProfile(folder: string): string | undefined {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

/**
 * Whether a profile whose lock was refused is open in another process. Chromium refuses it in the same words when it could
 * not make the lock, on a full disk for instance; there is none then.
 */
export function isOpenElsewhere(folder: string): boolean {
  if (process.platform === 'win32') return true; // the lock is no file there
  return lstatSync(path.join(folder, 'SingletonLock'), { throwIfNoEntry: false }) !== undefined;
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return code === 'EEXIST' || code === 'ENOTDIR' ? 'it is a file, no folder' : code;
}
