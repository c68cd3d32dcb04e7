import { type FileHandle, open, readdir } from 'node:fs/promises';
import path from 'node:path';
import { aliveOf, familyOf, having, mappingsOf } from './system.ts';
import { expect, test } from './test.ts';
import type { Undriven } from './undriven.ts';

/** A separate /dev/shm: all names in it belong to this test, even if other programs run beside it. */
const ownSharedMemory = [
  'unshare',
  ...['--user', '--map-current-user', '--keep-caps', '--mount', '--', 'sh', '-c'],
  'mount -t tmpfs none /dev/shm && exec setpriv --inh-caps=-all --ambient-caps=-all -- "$@"',
  'sh',
];

/** Its folder, held open: it exists even after all its users have ended. */
const sharedMemoryOf = ({ pid }: Undriven): Promise<FileHandle> => open(`/proc/${pid}/root/dev/shm`, 'r');

const namesIn = (folder: FileHandle) => readdir(`/proc/self/fd/${folder.fd}`);

/** Chromium creates such a name and unlinks it at once. A process killed in between leaves it. */
const isChromiums = (name: string) => name.startsWith('.org.chromium.Chromium.');

/** Waits until every kind of process exists and shared memory is used. */
async function work(undriven: Undriven): Promise<number[]> {
  const plugins = () => having('--utility-sub-type=node.mojom.NodeService', undriven.pid);
  await expect.poll(plugins, 'the plugin').toHaveLength(1);
  const [plugin = 0] = await plugins();
  await undriven.click('bulkhead://shell', '[aria-label="Show what the plugin reads"]');
  const hasPicture = `document.querySelector('[data-plugin="frame-stats"] [role=img]') !== null`;
  await expect.poll(() => undriven.inShell(hasPicture), 'what the plugin reads').toBe(true);
  expect((await mappingsOf(plugin)).some(({ name }) => name.startsWith('/memfd:'))).toBe(true);
  return familyOf(undriven.pid);
}

test('closing the window leaves no process, no shared memory and no temporary file', async ({
  launchUndriven,
  pages,
  folder,
}) => {
  const undriven = await launchUndriven(['Alpha', 'Beta', 'Gamma'].map(pages.counter), { prefix: ownSharedMemory });
  await using memory = await sharedMemoryOf(undriven);
  const processes = await work(undriven);
  expect(processes.length).toBeGreaterThan(6);
  for (const remaining of [2, 1, 0]) {
    await undriven.click('bulkhead://shell', '[data-closes] [aria-label="Close tab"]');
    if (remaining > 0) await expect.poll(async () => (await undriven.tabs()).length).toBe(remaining);
  }
  await expect.poll(() => aliveOf(processes)).toEqual([]);
  await expect.poll(() => namesIn(memory)).toEqual([]);
  expect(await readdir(path.join(folder, 'temporary-undriven'))).toEqual([]);
});

test('after the browser process is killed, its children end by themselves', async ({ launchUndriven, pages }) => {
  const undriven = await launchUndriven(['Alpha', 'Beta', 'Gamma'].map(pages.counter), { prefix: ownSharedMemory });
  await using memory = await sharedMemoryOf(undriven);
  const processes = await work(undriven);
  process.kill(undriven.pid, 'SIGKILL');
  await expect.poll(() => aliveOf(processes)).toEqual([]);
  await expect.poll(async () => (await namesIn(memory)).filter((name) => !isChromiums(name))).toEqual([]);
});
