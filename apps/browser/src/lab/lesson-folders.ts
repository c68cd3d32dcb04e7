import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exists } from '../processes/is-running.ts';

/** Start of the name of a run's folder. The browser's PID follows. */
export const lessonFolderPrefix = 'bulkhead-lesson-';
const queuePrefix = 'bulkhead-';

/**
 * Removes what runs have left when their browser was killed: folders, and message queues where the system shows them as
 * files. Only if the process in the name has ended. Linux only.
 */
export async function sweepLessons(folders = tmpdir(), queues = '/dev/mqueue'): Promise<void> {
  await sweepNames(folders, lessonFolderPrefix);
  await sweepNames(queues, queuePrefix);
}

/** Removes `PREFIX<pid>-*` whose process has ended. */
export async function sweepNames(folder: string, prefix: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const pid = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || exists(Number(pid))) continue;
    await rm(path.join(folder, name), { recursive: true, force: true }).catch(() => undefined); // owned by another user
  }
}
