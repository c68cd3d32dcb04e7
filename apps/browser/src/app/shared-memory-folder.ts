import { accessSync, constants, statfsSync } from 'node:fs';

/** Folder in which Chromium puts the memory that its processes share. */
const folder = '/dev/shm';

/** Least free space there, bytes. A page with pictures takes some such amounts. */
const leastBytes = 32 * 1024 * 1024;

/**
 * Returns why Chromium cannot keep shared memory in its usual folder, or undefined when it can. If Chromium is refused
 * there, it ends the whole browser, and a process that finds it full is ended by a bus error.
 */
export function whyNoSharedMemoryFolder(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize < leastBytes ? `${folder} has too little free space` : undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
