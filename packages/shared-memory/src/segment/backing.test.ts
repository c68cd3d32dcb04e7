import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { NoSpaceError } from '../posix/errors.ts';
import { leftovers, nothing } from '../testing/leftovers.ts';
import { type Backend, createBacking } from './backing.ts';

describe.each<Backend>(['named', 'sealed'])('%s memory', (backend) => {
  it('throws the bytes asked for and free if there is not enough, and leaves nothing behind', async () => {
    const error = await createBacking(backend, 2 ** 40, 'test').catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(NoSpaceError);
    expect(error).toMatchObject({ bytesAsked: 2 ** 40, bytesFree: expect.any(Number) });
    expect(String(error)).toMatch(/no room for 1099511627776 bytes .* \d+ bytes are free/);
    expect(leftovers()).toEqual(nothing);
  });
});

/** A private file system needs a private user namespace, which some systems do not allow to every user. */
const canMount = spawnSync('unshare', ['--map-root-user', '--mount', 'true']).status === 0;

it.runIf(canMount)('throws if /dev/shm is full, also if it fills up after the check', async () => {
  const script = fileURLToPath(new URL('../testing/peers/full-dev-shm.ts', import.meta.url));
  const mount = 'mount -t tmpfs -o size=1m tmpfs /dev/shm && exec "$@"';
  const inside = ['sh', '-c', mount, 'sh', process.execPath, '--disable-warning=ExperimentalWarning', script];
  const { stdout } = await promisify(execFile)('unshare', ['--map-root-user', '--mount', ...inside]);
  const { results, bytes, left, used } = JSON.parse(stdout) as Record<string, unknown> & { results: unknown[] };
  expect(bytes).toBe(2 ** 20);
  expect(results[0]).toMatchObject({ name: 'NoSpaceError', bytesAsked: 2 ** 22 + 65_536, bytesFree: 2 ** 20 });
  const refused = { name: 'NoSpaceError', bytesAsked: 600_000, text: expect.stringContaining('in /dev/shm') };
  // If both allocate at the same time, both may fail.
  const raced = results.slice(1).filter((each) => each !== 'created');
  expect(raced).not.toEqual([]);
  for (const each of raced) expect(each).toMatchObject(refused);
  expect({ left, used }).toEqual({ left: [], used: 0 });
});
