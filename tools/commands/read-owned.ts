import { closeSync, constants, existsSync, openSync, readFileSync } from 'node:fs';

/**
 * Reads a file that the app has written; undefined if there is none. The folder belongs to the unprivileged user, and
 * root may be the reader, so links are not followed.
 */
export function readOwned(file: string): Buffer | undefined {
  if (!existsSync(file)) return undefined;
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
