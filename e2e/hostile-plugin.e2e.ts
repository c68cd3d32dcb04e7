import { existsSync, readFileSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { withPlugin } from './application-copy.ts';
import { aliveOf, familyOf, isAlive, readStat } from './system.ts';
import { expect, test } from './test.ts';
import type { Undriven } from './undriven.ts';

/** The results of a plugin's attempts, by their names. */
type Answers = Record<string, string>;
interface Report {
  when: string;
  pid: number;
  answers: Answers;
}

const moments = ['at the top level', 'in a timer', 'in a worker', 'in the first frame'];
/** Not refused with EPERM, because then the C library or libuv would not try another way. */
const unknown = ['clone3', 'statx', 'sched_getaffinity of the browser', 'a call of tomorrow'];

const reportsOf = ({ log }: Undriven): Report[] =>
  [...log.matchAll(/^HOSTILE (\{.*\})$/gm)].map(([, text = '']) => JSON.parse(text) as Report);

/** Returns every result that is not a refusal. A missing attempt is named, too. */
function gotThrough({ when, answers }: Report): string[] {
  return Object.entries(answers).flatMap(([tried, answer]) => {
    const isRefused =
      when === 'over the network'
        ? answer !== 'done'
        : unknown.includes(tried)
          ? answer === 'ENOSYS'
          : ['EPERM', 'EACCES', 'ERR_DLOPEN_FAILED'].includes(answer) || /cannot open shared object/.test(answer);
    return isRefused ? [] : [`${when}: ${tried}: ${answer}`];
  });
}

/** Returns the system calls made by number, and the paths that were tried with four calls of Node each. */
function triedBy({ answers }: Report) {
  const names = Object.keys(answers);
  const paths = names.flatMap((name) => /^(?:read|write|list|look at) (\/.*)$/.exec(name)?.[1] ?? []);
  const others = ['start a program', 'signal the browser', 'take its priority', 'load a library'];
  const calls = names.filter((name) => !others.includes(name) && !paths.some((each) => name.endsWith(` ${each}`)));
  return { calls, paths: new Set(paths) };
}

/** Returns the state of the machine that a plugin could change, and that nothing else in this test changes. */
async function outside(browser: number, folder: string) {
  const victim = path.join(folder, 'victim');
  const { mode, size, mtimeMs, uid } = await stat(victim);
  const objects = (kind: string) => readFileSync(`/proc/sysvipc/${kind}`, 'utf8').includes(String(0x4321));
  return {
    victim: { mode, size, mtimeMs, uid, text: await readFile(victim, 'utf8') },
    made: [`${folder}/new`, `${folder}/victim2`, '/tmp/hostile', '/dev/shm/hostile', '/dev/mqueue/hostile'].filter(
      existsSync,
    ),
    objects: ['shm', 'sem', 'msg'].filter(objects),
    limits: await readFile(`/proc/${browser}/limits`, 'utf8'),
    nice: (await readStat(browser))?.nice,
  };
}

test('a hostile plugin gets only refusals, whenever it tries, and nothing happens outside of it', async ({
  launchUndriven,
  pages,
  folder,
}) => {
  test.skip(process.platform !== 'linux' || process.arch !== 'x64', 'makes system calls of Linux on x64');
  test.setTimeout(180_000);
  const requests: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    requests.push(url);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await writeFile(path.join(folder, 'victim'), 'untouched', { mode: 0o600 });
  const app = await withPlugin('hostile-plugin.mjs', folder);
  const page = pages.html('Painted', '<p>Painted</p>');
  const undriven = await launchUndriven([page], {
    app,
    environment: {
      HOSTILE_FOLDER: folder,
      HOSTILE_SERVER: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    },
  });
  const before = await outside(undriven.pid, folder);
  await undriven.inShell(`document.querySelector('[aria-label="Show what the plugin reads"]').click()`);
  const shellText = () => undriven.shellText();
  const pidOfPlugin = async () => Number(/frame-stats\s+PID (\d+)/.exec(await shellText())?.[1] ?? 0);

  const expectRefusals = async (pid: number) => {
    const mine = () => reportsOf(undriven).filter((report) => report.pid === pid);
    const told = () => mine().map(({ when }) => when);
    await expect.poll(told, { timeout: 40_000 }).toEqual(expect.arrayContaining([...moments, 'over the network']));
    for (const report of mine()) {
      expect(gotThrough(report)).toEqual([]);
      if (report.when === 'over the network') continue;
      const { calls, paths } = triedBy(report);
      // It really has tried each time.
      expect(calls.length).toBeGreaterThanOrEqual(80);
      expect(paths.size).toBeGreaterThanOrEqual(20);
    }
    expect(await familyOf(pid), 'processes of the plugin').toEqual([pid]);
  };

  await expect.poll(pidOfPlugin, { timeout: 30_000 }).toBeGreaterThan(0);
  const first = await pidOfPlugin();
  await test.step('from its start to its first frame', () => expectRefusals(first));

  // The same again, in its next process.
  process.kill(first, 'SIGKILL');
  await expect.poll(pidOfPlugin, { timeout: 30_000 }).not.toBe(first);
  await expect.poll(pidOfPlugin, { timeout: 30_000 }).toBeGreaterThan(0);
  const second = await pidOfPlugin();
  await test.step('after a restart', () => expectRefusals(second));

  await test.step('by calls of another ABI, which end it', async () => {
    await undriven.inPage(page, `document.body.style.background = 'rgb(255 0 0)'; document.body.textContent = ''`);
    await expect.poll(() => isAlive(second), { timeout: 30_000 }).toBe(false);
    expect(reportsOf(undriven).map(({ when }) => when)).not.toContain('after a call of another ABI');
  });

  expect(await isAlive(undriven.pid)).toBe(true);
  expect(await outside(undriven.pid, folder)).toEqual(before);
  expect(requests, 'requests that reached the server').toEqual([]);
  expect(await aliveOf([first, second])).toEqual([]);
  server.close();
});
