import { closeSync, constants, existsSync, openSync, readFileSync } from 'node:fs';

/**
 * What the application has written; undefined when it has not. The folder is the unprivileged user's, and root may be
 * reading: a link put there is not followed.
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
