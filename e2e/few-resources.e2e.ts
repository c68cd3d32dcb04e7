import { execFile } from 'node:child_process';
import { readdir, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';
import { commandLineOf, familyOf, isAlive, sendSignal } from './system.ts';
import { expect, test } from './test.ts';
import type { Undriven } from './undriven.ts';

const run = promisify(execFile);

/** Returns the processes of the browser whose command line contains this text. */
async function processesOf({ pid }: Undriven, text: string): Promise<number[]> {
  const all = await Promise.all((await familyOf(pid)).map(async (each) => [each, await commandLineOf(each)] as const));
  return all.filter(([, line]) => line.some((argument) => argument.includes(text))).map(([each]) => each);
}

const watchdogName = 'bulkhead-watchdog';

/** Returns what a process holds open, except its standard input and /dev/null. */
async function descriptorsOf(pid: number): Promise<string[]> {
  const held = (await readdir(`/proc/${pid}/fd`)).filter((fd) => Number(fd) > 0);
  const targets = await Promise.all(
    held.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => 'closed meanwhile')),
  );
  return targets.filter((target) => target !== '/dev/null' && target !== 'closed meanwhile');
}

const pluginRuns = /frame-stats\s+PID \d+\s+running/;

const descriptors = (most: number) => ['prlimit', `--nofile=${most}:${most}`];

/** In a mount namespace of its own, with another /dev/shm. */
const sharedFolder = (options: string) => [
  'unshare',
  ...['--user', '--map-current-user', '--keep-caps', '--mount', '--', 'sh', '-c'],
  `mount -t tmpfs -o ${options} none /dev/shm && exec setpriv --inh-caps=-all --ambient-caps=-all -- "$@"`,
  'sh',
];

// Electron itself ends with fewer than about 100 descriptors.
for (const [name, prefix] of [
  ['512 descriptors', descriptors(512)],
  ['300 descriptors', descriptors(300)],
  ['160 descriptors', descriptors(160)],
  ['a descriptor with a high number from its parent', [...descriptors(512), 'bash', '-c', 'exec 500<.; exec "$@"', '']],
  ['a /dev/shm that it cannot write', sharedFolder('ro,mode=755')],
  ['a /dev/shm without room', sharedFolder('size=4096')],
] as const) {
  test(`runs with ${name}, and lacks nothing`, async ({ launchUndriven, pages }) => {
    const bulkhead = await launchUndriven([pages.counter('Alpha')], { prefix: [...prefix] });
    await expect.poll(() => bulkhead.shellText()).toMatch(pluginRuns);
    await expect.poll(() => bulkhead.inPage(pages.counter('Alpha'), 'document.title')).toBe('Alpha');
    await expect.poll(() => processesOf(bulkhead, watchdogName)).toHaveLength(1);
    const [watchdog = 0] = await processesOf(bulkhead, watchdogName);
    // The shell that closes them before it becomes the watchdog has the same name.
    await expect.poll(() => descriptorsOf(watchdog), 'descriptors inherited by the watchdog').toEqual([]);
    expect(bulkhead.log).not.toContain('runs without');
  });
}

test('resources that the system refuses are reported missing, and the pages continue', async ({
  launchUndriven,
  pages,
}) => {
  // Otherwise the system would end a process that exceeds the limit on files.
  const prefix = ['bash', '-c', 'trap "" XFSZ; exec "$@"', ''];
  const lesson = 'bulkhead://ipc-lab/rendezvous';
  const bulkhead = await launchUndriven([pages.counter('Alpha'), lesson], { prefix });
  await expect.poll(() => bulkhead.shellText()).toMatch(pluginRuns);
  const endPlugin = async () => {
    for (const pid of await processesOf(bulkhead, 'node.mojom.NodeService')) sendSignal(pid, 'SIGKILL');
  };

  await test.step('without shared memory, frames are copied', async () => {
    await run('prlimit', ['--fsize=1048576:', '--pid', String(bulkhead.pid)]);
    await endPlugin();
    await expect.poll(() => bulkhead.log).toMatch(/runs without its shared-memory: .*EFBIG/);
    await expect
      .poll(() => bulkhead.shellText())
      .toContain('There is no shared memory for the plugin: the log has the reason. Frames are copied to it');
    await expect.poll(() => bulkhead.shellText()).toMatch(pluginRuns);
  });

  await test.step('without a process, the plugin stays stopped and a lesson ends', async () => {
    await run('prlimit', ['--nproc=1:', '--pid', String(bulkhead.pid)]);
    await endPlugin();
    await bulkhead.inPage(lesson, `document.querySelector('form').requestSubmit()`);
    await expect
      .poll(() => bulkhead.inPage(lesson, `document.querySelector('main [role=status]')?.innerText`), {
        timeout: 40_000,
      })
      .toMatch(/could not be started/);
    await expect.poll(() => bulkhead.shellText(), { timeout: 60_000 }).toMatch(/stopped\s+could not be started/);
  });

  expect(await bulkhead.inPage(pages.counter('Alpha'), 'document.title')).toBe('Alpha');
  expect(await isAlive(bulkhead.pid)).toBe(true);
});
