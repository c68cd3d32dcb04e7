import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Bulkhead } from './bulkhead.ts';
import { aliveOf, mappingsOf } from './system.ts';
import { expect, test } from './test.ts';

/** What of shared memory and locks has a name, and could outlive those who use it. */
async function namesLeft(before: readonly string[]): Promise<string[]> {
  const now = await readdir('/dev/shm');
  return now.filter((name) => !before.includes(name));
}

/** Opens what has every kind of process, and shares memory. */
async function work(bulkhead: Bulkhead): Promise<number[]> {
  const plugin = await bulkhead.pidOfPlugin();
  await bulkhead.showFigures();
  await expect(bulkhead.plugin.getByRole('img')).toBeVisible();
  expect((await mappingsOf(plugin)).some(({ name }) => name.startsWith('/memfd:'))).toBe(true);
  return bulkhead.processes();
}

test('after the window is closed no process, no shared memory and no temporary file is left', async ({
  launch,
  pages,
  folder,
}) => {
  const before = await readdir('/dev/shm');
  const bulkhead = await launch(['Alpha', 'Beta', 'Gamma'].map(pages.counter));
  const processes = await work(bulkhead);
  expect(processes.length).toBeGreaterThan(6);
  for (const remaining of [2, 1, 0]) {
    await bulkhead.button('Close tab').first().click();
    if (remaining > 0) await expect(bulkhead.tabs).toHaveCount(remaining);
  }
  await expect.poll(() => aliveOf(processes)).toEqual([]);
  await expect.poll(() => namesLeft(before)).toEqual([]);
  expect(await readdir(path.join(folder, 'temporary'))).toEqual([]);
});

test('after the browser process is killed its children end within two seconds', async ({ launch, pages }) => {
  const before = await readdir('/dev/shm');
  const bulkhead = await launch(['Alpha', 'Beta', 'Gamma'].map(pages.counter));
  const processes = await work(bulkhead);
  process.kill(bulkhead.pid, 'SIGKILL');
  await expect.poll(() => aliveOf(processes), { timeout: 2000, intervals: [20] }).toEqual([]);
  await expect.poll(() => namesLeft(before)).toEqual([]);
});
