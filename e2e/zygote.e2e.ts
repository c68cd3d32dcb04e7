import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { onDisk } from './session.ts';
import { startAgain } from './start-again.ts';
import {
  aliveOf,
  browserOf,
  commandLineOf,
  familyOf,
  having,
  isAlive,
  readStat,
  sendSignal,
  startedBrowserOf,
} from './system.ts';
import { expect, test } from './test.ts';

/** Returns the browser process that runs on a profile. */
async function browserOn(profile: string): Promise<number | undefined> {
  for (const pid of (await readdir('/proc')).map(Number).filter(Number.isInteger)) {
    const line = await commandLineOf(pid);
    const isBrowser = line.includes(profile) && !line.some((each) => each.startsWith('--type='));
    if (isBrowser && line.some((each) => each.endsWith('electron')) && (await isAlive(pid))) return pid;
  }
  return undefined;
}

/** Returns the crash reports of a profile. */
async function reportsIn(profile: string): Promise<unknown[]> {
  const folder = path.join(profile, 'crash-reports');
  // A file that ends in .next is still being written.
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json'));
  const texts = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')));
  return texts.map((text) => JSON.parse(text)).map(({ victim, reason, pid }) => [victim, reason, pid]);
}

test('when the zygote is killed, the browser restarts on the same profile, with every tab and the same window', async ({
  launch,
  pages,
  folder,
}) => {
  // A page that counts its loads, because Playwright is not attached to the new process.
  let loads = 0;
  const server = createServer((request, response) => {
    if (request.url === '/') loads += 1; // not its icon
    response.setHeader('Content-Type', 'text/html').end('<title>Told</title>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const told = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const profile = `${folder}/profile`;
  const bulkhead = await launch([told, pages.counter('Alpha')], { profile });
  await expect.poll(() => onDisk(profile)).toEqual({ titles: ['Told', 'Alpha'], active: 'Told' });
  const before = loads;
  const processes = await bulkhead.processes();
  const lines = await Promise.all(processes.map(commandLineOf));
  const zygote = processes.find(
    (_pid, index) => lines[index]?.includes('--type=zygote') && !lines[index]?.includes('--no-zygote-sandbox'),
  );
  expect(zygote).toBeDefined();
  // Playwright gets an answer, or notices the end of the browser.
  await bulkhead.go('bulkhead://zygotekill').catch(() => undefined);

  await expect.poll(() => aliveOf(processes), { timeout: 20_000 }).toEqual([]);
  await expect.poll(() => browserOn(profile), { timeout: 20_000 }).toBeTruthy();
  const next = (await browserOn(profile)) ?? 0;
  try {
    expect(next).not.toBe(bulkhead.pid);
    await expect.poll(() => loads, { timeout: 20_000 }).toBe(before + 1);
    // The window exists and responds: it accepts an address, next to its earlier tabs.
    const { output } = await startAgain(['--profile', profile, pages.counter('Beta')], folder);
    expect(output).toContain('its window takes the addresses over');
    await expect
      .poll(() => onDisk(profile), { timeout: 20_000 })
      .toEqual({ titles: ['Told', 'Alpha', 'Beta'], active: 'Beta' });
    await expect.poll(() => reportsIn(profile)).toContainEqual(['zygote', 'killed', zygote]);
  } finally {
    const family = await familyOf(next);
    process.kill(next, 'SIGTERM');
    await expect.poll(() => aliveOf(family)).toEqual([]);
    server.closeAllConnections();
    server.close();
  }
});

test('when the zygote that forks GPU processes is killed, the browser restarts, too', async ({
  launchUndriven,
  pages,
  folder,
}) => {
  const profile = `${folder}/profile`;
  const undriven = await launchUndriven([pages.counter('Alpha'), pages.counter('Beta')], { profile });
  await expect.poll(() => onDisk(profile).then((seen) => seen?.titles)).toEqual(['Alpha', 'Beta']);
  const [zygote = 0] = await having('--no-zygote-sandbox', undriven.pid);
  const family = await familyOf(undriven.pid);
  process.kill(zygote, 'SIGKILL');
  await undriven.ended();
  await expect.poll(() => aliveOf(family)).toEqual([]);
  await expect.poll(() => browserOn(profile), { timeout: 20_000 }).toBeTruthy();
  const next = (await browserOn(profile)) ?? 0;
  try {
    await expect.poll(() => having('--type=gpu-process', next), { timeout: 20_000 }).toHaveLength(1);
    await expect.poll(() => reportsIn(profile)).toContainEqual(['zygote', 'killed', zygote]);
    expect((await onDisk(profile))?.titles).toEqual(['Alpha', 'Beta']);
  } finally {
    const left = await familyOf(next);
    process.kill(next, 'SIGTERM');
    await expect.poll(() => aliveOf(left)).toEqual([]);
  }
});

test('when a zygote is killed as soon as the browser has its profile, the browser restarts, and ends normally', async ({
  launchUndriven,
  pages,
  folder,
}) => {
  const profile = `${folder}/profile`;
  const starting = launchUndriven([pages.counter('Alpha')], { profile });
  starting.catch(() => undefined);
  const browser = await startedBrowserOf(profile);
  const children = await having('--type=zygote', browser);
  const outer = await Promise.all(children.map(async (pid) => (await readStat(pid))?.parentPid === browser));
  for (const pid of children.filter((_pid, index) => outer[index]).slice(0, 1)) sendSignal(pid, 'SIGKILL');
  const next = async () => {
    const pid = await browserOf(profile);
    return pid === browser ? undefined : pid;
  };
  await expect.poll(next, { timeout: 40_000 }).toBeGreaterThan(0);
  const successor = (await next()) ?? 0;
  try {
    await expect.poll(() => onDisk(profile), { timeout: 40_000 }).toMatchObject({ titles: ['Alpha'] });
  } finally {
    sendSignal(successor, 'SIGTERM');
    await expect.poll(() => isAlive(successor), { timeout: 20_000 }).toBe(false);
  }
});
