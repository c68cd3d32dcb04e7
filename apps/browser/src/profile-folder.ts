import { accessSync, constants, type Dirent, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { setAside } from './profile-files/write-file.ts';

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

/**
 * Sets aside what stands in the place of the profile's lock and is no symbolic link: Chromium would believe that another
 * browser has the profile open. True when there was such a thing.
 */
export function setAsideFalseLocks(profile: string): boolean {
  if (process.platform === 'win32') return false;
  return setAsideEntries(profile, (entry) => locks.test(entry.name) && !entry.isSymbolicLink());
}

const locks = /^Singleton(Lock|Socket|Cookie)$/;
/** The readers of these say themselves what stands in their place. */
const ours = /^(settings|popup-sites|running)\.json|^(session|history|crash-reports|isolation)$/;

/**
 * Sets aside pipes, sockets and devices in the place of Chromium's own files: it would wait for a pipe for ever. True
 * when there was such a thing.
 */
export function setAsidePipes(profile: string): boolean {
  return setAsideEntries(
    profile,
    (entry) => isPipe(entry) && !ours.test(entry.name) && !entry.name.includes('.unread'),
  );
}

function setAsideEntries(profile: string, isWrong: (entry: Dirent) => boolean): boolean {
  const wrong = entriesOf(profile).filter(isWrong);
  for (const { name } of wrong) {
    try {
      setAside(path.join(profile, name));
    } catch {} // the profile cannot be written, which is said elsewhere
  }
  return wrong.length > 0;
}

const isPipe = (entry: Dirent) =>
  entry.isFIFO() || entry.isSocket() || entry.isCharacterDevice() || entry.isBlockDevice();

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return code === 'EEXIST' || code === 'ENOTDIR' ? 'it is a file, no folder' : code;
}
