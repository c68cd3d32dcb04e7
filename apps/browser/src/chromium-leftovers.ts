import { readdir, stat, unlink } from 'node:fs/promises';
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
