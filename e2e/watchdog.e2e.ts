import { readdir, readlink } from 'node:fs/promises';
import { commandLineOf } from './system.ts';
import { expect, test } from './test.ts';

test('the watchdog holds nothing of the browser’s: no channel, no memory, no lock', async ({ launch, pages }) => {
  const bulkhead = await launch([pages.counter('Alpha')]);
  await bulkhead.pidOfPlugin();
  const lines = await Promise.all(
    (await bulkhead.processes()).map(async (pid) => [pid, await commandLineOf(pid)] as const),
  );
  const [watchdog] = lines.filter(([, line]) => line.includes('bulkhead-watchdog'));
  expect(watchdog).toBeDefined();
  const descriptors = `/proc/${watchdog?.[0]}/fd`;
  const held = await Promise.all(
    (await readdir(descriptors)).filter((fd) => fd !== '0').map((fd) => readlink(`${descriptors}/${fd}`)),
  );
  expect(held.filter((each) => each !== '/dev/null')).toEqual([]);
});
