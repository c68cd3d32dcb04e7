import { once } from 'node:events';
import { readlinkSync } from 'node:fs';
import { lstat, readdir, rmdir, stat, unlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Age above which a memory object with a name is forgotten, ms: Chromium unlinks it right after creating it. */
const forgottenMs = 60_000;

/**
 * Removes memory objects of Chromium processes that were killed between creating and unlinking them. Their names do not
 * contain an owner, so only their age shows that they have none.
 */
export async function removeChromiumLeftovers(folder = '/dev/shm'): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((each) => /^\.org\.chromium\.Chromium\.\w{6}$/.test(each))) {
    const file = path.join(folder, name);
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY })); // it is gone
    if (Date.now() - mtimeMs > forgottenMs) await unlink(file).catch(() => undefined); // owned by another user
  }
}

const socketName = 'SingletonSocket';
const singletonNames: readonly string[] = [socketName, 'SingletonCookie'];
const folderPattern = /^(scoped_dir|\.org\.chromium\.Chromium\.)\w{6}$/;

/** Returns the folder outside of the profile that has the socket of its lock, or undefined. */
export function singletonFolderOf(profile: string): string | undefined {
  try {
    const folder = path.dirname(readlinkSync(path.join(profile, socketName)));
    return path.isAbsolute(folder) && folderPattern.test(path.basename(folder)) ? folder : undefined;
  } catch {
    return undefined; // the profile was never used, or its browser ended cleanly
  }
}

/**
 * Removes the socket folders of killed browsers: that of the previous start on this profile, and those without a
 * listener. `before`: the result of `singletonFolderOf` before this start took the lock.
 */
export async function removeSingletonFolders(
  profile: string,
  before: string | undefined,
  temporary = tmpdir(),
): Promise<void> {
  const own = singletonFolderOf(profile);
  // This process has the profile's lock, so it is the only browser on it.
  if (before !== undefined && before !== own) await removeSingletonFolder(before);
  const names = await readdir(temporary).catch(() => []);
  for (const name of names.filter((each) => folderPattern.test(each))) {
    const folder = path.join(temporary, name);
    if (folder !== own && (await isForgotten(folder))) await removeSingletonFolder(folder);
  }
}

/**
 * Says whether a lock folder has no browser. A browser listens on its socket right after binding it, so an older socket
 * without a listener has none.
 */
async function isForgotten(folder: string): Promise<boolean> {
  const { mtimeMs, uid } = await lstat(folder).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY, uid: -1 }));
  if (Date.now() - mtimeMs < forgottenMs || uid !== process.getuid?.()) return false;
  const socket = connect(path.join(folder, socketName));
  try {
    await once(socket, 'connect');
    return false;
  } catch (error) {
    // A browser that was killed very early has bound no socket. Then the folder's content decides.
    return error instanceof Error && 'code' in error && ['ECONNREFUSED', 'ENOENT'].includes(String(error.code));
  } finally {
    socket.destroy();
  }
}

/** Removes the folder only if it contains nothing else. */
async function removeSingletonFolder(folder: string): Promise<void> {
  try {
    const names = await readdir(folder);
    if (!names.every((name) => singletonNames.includes(name))) return;
    for (const name of names) await unlink(path.join(folder, name));
    await rmdir(folder);
  } catch {} // it is gone, or owned by another user
}
