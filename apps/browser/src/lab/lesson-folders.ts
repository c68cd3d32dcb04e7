import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exists } from '../processes/is-running.ts';

/** What the folder of a run begins with; the browser's PID follows. */
export const lessonFolderPrefix = 'bulkhead-lesson-';
const queuePrefix = 'bulkhead-';

/**
 * Removes what runs have left whose browser was killed before it could: of those whose process is no more. Folders, and
 * message queues where the system shows them as files. Linux only.
 */
export async function sweepLessons(folders = tmpdir(), queues = '/dev/mqueue'): Promise<void> {
  await sweepNames(folders, lessonFolderPrefix);
  await sweepNames(queues, queuePrefix);
}

/** Removes what begins so, goes on with the PID of a browser, and outlived it. */
export async function sweepNames(folder: string, prefix: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const pid = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || exists(Number(pid))) continue;
    await rm(path.join(folder, name), { recursive: true, force: true }).catch(() => undefined); // another user's
  }
}
