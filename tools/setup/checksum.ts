import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { SetupFailure } from '../bootstrap/failure.mjs';

export async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Said of every download that is not what it was pinned to be. It has been deleted by the time this is read. */
export function wrongChecksum(what: string, expected: string, actual: string): SetupFailure {
  return new SetupFailure(`The download of ${what} is not what it should be: expected ${expected}, got ${actual}.`, [
    'nothing of it was kept: run the command again, and if it happens again, ask what stands between here and the registry.',
  ]);
}
