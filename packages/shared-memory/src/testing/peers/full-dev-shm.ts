/** Runs where /dev/shm is a small file system of its own, and asks for more than there is. */
import { statfsSync } from 'node:fs';
import { createBacking } from '../../backing.ts';
import * as posix from '../../posix.ts';
import { Segment } from '../../segment.ts';
import { namesOf } from '../leftovers.ts';

const report = (result: PromiseSettledResult<unknown>): unknown =>
  result.status === 'fulfilled' ? 'created' : { ...(result.reason as object), text: String(result.reason) };

const tooLarge = Segment.create({ label: 'too large', backend: 'named', payloadBytes: 2 ** 22 });
// Both see enough room when they look; one of them finds it taken when it comes to take it.
const race = [1, 2].map(async () => {
  const { fd, name } = await createBacking('named', 600_000, 'race');
  posix.close(fd);
  posix.shm_unlink(name!);
});
const results = await Promise.allSettled([tooLarge, ...race]);
const { blocks, bsize, bfree } = statfsSync('/dev/shm');
console.log(
  JSON.stringify({
    results: results.map(report),
    bytes: blocks * bsize,
    left: namesOf(process.pid),
    used: blocks - bfree,
  }),
);
