/** Runs with a small private file system at /dev/shm, and asks for more memory than it has. */
import { statfsSync } from 'node:fs';
import * as posix from '../../posix/posix.ts';
import { createBacking } from '../../segment/backing.ts';
import { Segment } from '../../segment/segment.ts';
import { namesOf } from '../leftovers.ts';

const report = (result: PromiseSettledResult<unknown>): unknown =>
  result.status === 'fulfilled' ? 'created' : { ...(result.reason as object), text: String(result.reason) };

const tooLarge = Segment.create({ label: 'too large', backend: 'named', payloadBytes: 2 ** 22 });
// Both see enough free memory, but one of them finds it taken when it allocates.
const race = [1, 2].map(() => createBacking('named', 600_000, 'race'));
const results = await Promise.allSettled([tooLarge, ...race]);
for (const made of await Promise.allSettled(race)) {
  if (made.status !== 'fulfilled') continue;
  posix.close(made.value.fd);
  posix.shm_unlink(made.value.name!);
}
const { blocks, bsize, bfree } = statfsSync('/dev/shm');
const left = namesOf(process.pid);
console.log(JSON.stringify({ results: results.map(report), bytes: blocks * bsize, left, used: blocks - bfree }));
