import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { SetupFailure } from '../bootstrap/failure.mjs';

export async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Returns the failure for a download with a wrong checksum. The download has been deleted. */
export function wrongChecksum(what: string, expected: string, actual: string): SetupFailure {
  return new SetupFailure(`The download of ${what} has the wrong checksum: expected ${expected}, got ${actual}.`, [
    'it was deleted: run the command again. If it happens again, check the proxies between this machine and the registry.',
  ]);
}
