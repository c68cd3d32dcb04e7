import { accessSync, constants, statfsSync } from 'node:fs';

/** Where Chromium puts the memory that its processes share. */
const folder = '/dev/shm';

/** Least room there: a page with pictures takes some of these, bytes. */
const leastBytes = 32 * 1024 * 1024;

/**
 * Says why Chromium cannot keep shared memory in its usual folder; undefined when it can. Chromium ends the whole program
 * when it is refused there, and a process that finds it full is ended by a bus error.
 */
export function whyNoSharedMemoryFolder(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize < leastBytes ? `${folder} has no room` : undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
