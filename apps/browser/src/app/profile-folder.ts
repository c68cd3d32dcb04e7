import { accessSync, constants, lstatSync, mkdirSync, readdirSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';
import { setAside } from '../storage/files/write-file.ts';

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
  const isFalse = (place: string) => lookAt(place)?.isSymbolicLink() === false;
  const wrong = lockNames.map((name) => path.join(profile, name)).filter(isFalse);
  wrong.forEach(tryToSetAside);
  return wrong.length > 0;
}

const lockNames: readonly string[] = ['SingletonLock', 'SingletonSocket', 'SingletonCookie'];
/** The readers of these say themselves what stands in their place. */
const ours = /^(settings|popup-sites|running)\.json|^(session|history|crash-reports|isolation)$/;

/** Chromium reads these whole, into the browser's memory, at the start or for the first page that needs them. */
const readWhole =
  /^(Preferences|Local State|Network Persistent State|TransportSecurity|CURRENT|MANIFEST-\d+|index\.txt|\d+\.(log|ldb))$/;
/** None of them is ever so large: what is ends the program. */
const mostWholeBytes = 256 * 1024 ** 2;
/** Folders of databases. Chromium never answers a page that asks for its database when a file stands in their place. */
const databaseFolders = /^IndexedDB$|\.indexeddb\.(leveldb|blob)$/;
/** Folders with a file for each thing that is kept: of these only the index is looked at. */
const caches = /^(Cache_Data|js|wasm|ScriptCache|[0-9a-f]{8}-[0-9a-f-]{27})$/;
const indexOfCache = ['index', 'index-dir'];
/** Files that are looked at. */
const mostFiles = 5000;

/**
 * Sets aside what Chromium would wait for without end, or could not take in, in the place of its own files: pipes, sockets
 * and devices, links to them, what is far too large for a file that it reads whole, folders that the user may not read, and
 * what stands in the place of a folder of databases. True when there was such a thing.
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
  } catch {} // the profile cannot be written, which is said elsewhere
  return true;
}

function isReadableFolder(place: string): boolean {
  try {
    accessSync(place, constants.R_OK | constants.X_OK);
    return statSync(place).isDirectory();
  } catch {
    return false; // also a link that leads nowhere
  }
}

const isPipe = (entry: Stats) =>
  entry.isFIFO() || entry.isSocket() || entry.isCharacterDevice() || entry.isBlockDevice();

function lookAt(place: string, look: typeof lstatSync | typeof statSync = lstatSync): Stats | undefined {
  try {
    return look(place, { throwIfNoEntry: false });
  } catch {
    return undefined; // a link that leads to itself, or what nobody may look at
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
  return code === 'EEXIST' || code === 'ENOTDIR' ? 'it is a file, no folder' : code;
}
