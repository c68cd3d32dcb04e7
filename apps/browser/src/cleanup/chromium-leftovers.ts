import { once } from 'node:events';
import { readlinkSync } from 'node:fs';
import { lstat, readdir, rmdir, stat, unlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Chromium unlinks a memory object right after it has made it. One that still has its name after so long, ms, nobody will. */
const forgottenMs = 60_000;

/**
 * Removes memory objects of Chromium's whose process was killed in the moment between making and unlinking them. They
 * have no owner's name: only their age tells that there is none any more.
 */
export async function removeChromiumLeftovers(folder = '/dev/shm'): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((each) => /^\.org\.chromium\.Chromium\.\w{6}$/.test(each))) {
    const file = path.join(folder, name);
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY })); // it has gone meanwhile
    if (Date.now() - mtimeMs > forgottenMs) await unlink(file).catch(() => undefined); // another user's
  }
}

const socketName = 'SingletonSocket';
const singletonNames: readonly string[] = [socketName, 'SingletonCookie'];
const folderPattern = /^(scoped_dir|\.org\.chromium\.Chromium\.)\w{6}$/;

/** The folder outside of the profile in which its lock has a socket; undefined where there is none. */
export function singletonFolderOf(profile: string): string | undefined {
  try {
    const folder = path.dirname(readlinkSync(path.join(profile, socketName)));
    return path.isAbsolute(folder) && folderPattern.test(path.basename(folder)) ? folder : undefined;
  } catch {
    return undefined; // it was never started, or has ended as it should
  }
}

/**
 * Removes the socket folders of killed browsers: the one of the previous start on this profile, and those in which nobody
 * listens. `before`: the folder that `singletonFolderOf` named before this start took the lock.
 */
export async function removeSingletonFolders(
  profile: string,
  before: string | undefined,
  temporary = tmpdir(),
): Promise<void> {
  const own = singletonFolderOf(profile);
  // Who has the lock of the profile is the only browser on it.
  if (before !== undefined && before !== own) await removeSingletonFolder(before);
  const names = await readdir(temporary).catch(() => []);
  for (const name of names.filter((each) => folderPattern.test(each))) {
    const folder = path.join(temporary, name);
    if (folder !== own && (await isForgotten(folder))) await removeSingletonFolder(folder);
  }
}

/** A browser listens on its socket as soon as it has bound it. So an older socket without a listener has no browser. */
async function isForgotten(folder: string): Promise<boolean> {
  const { mtimeMs, uid } = await lstat(folder).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY, uid: -1 }));
  if (Date.now() - mtimeMs < forgottenMs || uid !== process.getuid?.()) return false;
  const socket = connect(path.join(folder, socketName));
  try {
    await once(socket, 'connect');
    return false;
  } catch (error) {
    // A browser that was killed very early has bound no socket. The folder's other content decides then.
    return error instanceof Error && 'code' in error && ['ECONNREFUSED', 'ENOENT'].includes(String(error.code));
  } finally {
    socket.destroy();
  }
}

/** Only a folder that holds nothing else. */
async function removeSingletonFolder(folder: string): Promise<void> {
  try {
    const names = await readdir(folder);
    if (!names.every((name) => singletonNames.includes(name))) return;
    for (const name of names) await unlink(path.join(folder, name));
    await rmdir(folder);
  } catch {} // it has gone meanwhile, or is another user's
}
