import { accessSync, constants, lstatSync, mkdirSync, readdirSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';
import { setAside } from '../storage/files/write-file.ts';

/** Returns why a folder cannot hold the profile, or undefined when it can. Creates the folder if it is missing. */
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
 * Says whether a profile whose lock was refused is open in another process. Chromium refuses in the same way when it
 * could not create the lock, for instance on a full disk. Then there is no lock.
 */
export function isOpenElsewhere(folder: string): boolean {
  if (process.platform === 'win32') return true; // the lock is not a file there
  return lstatSync(path.join(folder, 'SingletonLock'), { throwIfNoEntry: false }) !== undefined;
}

/**
 * Sets aside a thing in the place of the profile's lock that is not a symbolic link, because Chromium would believe
 * that another browser has the profile open. Returns true when there was one.
 */
export function setAsideFalseLocks(profile: string): boolean {
  if (process.platform === 'win32') return false;
  const isFalse = (place: string) => lookAt(place)?.isSymbolicLink() === false;
  const wrong = lockNames.map((name) => path.join(profile, name)).filter(isFalse);
  wrong.forEach(tryToSetAside);
  return wrong.length > 0;
}

const lockNames: readonly string[] = ['SingletonLock', 'SingletonSocket', 'SingletonCookie'];
/** The readers of these files report by themselves what they find. */
const ours = /^(settings|popup-sites|running)\.json|^(session|history|crash-reports|isolation)$/;

/**
 * Chromium reads these files completely into the browser's memory, at the start or for the first page that needs them.
 */
const readWhole =
  /^(Preferences|Local State|Network Persistent State|TransportSecurity|CURRENT|MANIFEST-\d+|index\.txt|\d+\.(log|ldb))$/;
/** Size above which such a file would end the browser. None of them is ever that large. */
const mostWholeBytes = 256 * 1024 ** 2;
/** Database folders. If a file is in the place of one, Chromium never answers a page that opens its database. */
const databaseFolders = /^IndexedDB$|\.indexeddb\.(leveldb|blob)$/;
/** Folders with one file for each entry. Only their index is checked. */
const caches = /^(Cache_Data|js|wasm|ScriptCache|[0-9a-f]{8}-[0-9a-f-]{27})$/;
const indexOfCache = ['index', 'index-dir'];
/** Maximum number of files to check. */
const mostFiles = 5000;

/**
 * Sets aside things in the place of Chromium's own files that it would wait for forever, or could not read: pipes,
 * sockets and devices, links to them, files far too large to be read completely, folders without permission, and other
 * things in the place of database folders. Returns true when there was one.
 */
export function setAsideUnreadable(profile: string): boolean {
  const folders = [profile];
  let [found, left] = [false, mostFiles];
  for (let folder = folders.pop(); folder !== undefined && left > 0; folder = folders.pop()) {
    const names = caches.test(path.basename(folder)) ? indexOfCache : namesIn(folder).slice(0, left);
    left -= names.length;
    for (const name of names) {
      if (name.includes('.unread') || (folder === profile && (ours.test(name) || lockNames.includes(name)))) continue;
      const place = path.join(folder, name);
      const stats = lookAt(place);
      if (stats && isUnreadable(place, stats)) found = tryToSetAside(place);
      else if (stats?.isDirectory()) folders.push(place);
    }
  }
  return found;
}

function isUnreadable(place: string, stats: Stats): boolean {
  if (stats.isDirectory() || databaseFolders.test(path.basename(place))) return !isReadableFolder(place);
  const target = stats.isSymbolicLink() ? lookAt(place, statSync) : stats;
  if (!target) return false;
  return isPipe(target) || (target.size > mostWholeBytes && readWhole.test(path.basename(place)));
}

function tryToSetAside(place: string): true {
  try {
    setAside(place);
  } catch {} // the profile cannot be written, which is reported elsewhere
  return true;
}

function isReadableFolder(place: string): boolean {
  try {
    accessSync(place, constants.R_OK | constants.X_OK);
    return statSync(place).isDirectory();
  } catch {
    return false; // also for a dangling link
  }
}

const isPipe = (entry: Stats) =>
  entry.isFIFO() || entry.isSocket() || entry.isCharacterDevice() || entry.isBlockDevice();

function lookAt(place: string, look: typeof lstatSync | typeof statSync = lstatSync): Stats | undefined {
  try {
    return look(place, { throwIfNoEntry: false });
  } catch {
    return undefined; // a link to itself, or no permission
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return code === 'EEXIST' || code === 'ENOTDIR' ? 'it is a file, not a folder' : code;
}
