import { spawn } from 'node:child_process';
import { where } from './launch.ts';
import { killBrowser, onDisk, seenIn } from './session.ts';
import { aliveOf, familyOf, having } from './system.ts';
import { expect, test } from './test.ts';

test('restored tabs have no process, except the active one', async ({ launch, pages, folder }) => {
  const profile = `${folder}/profile`;
  const names = Array.from({ length: 8 }, (_, index) => `Page ${index}`);
  const before = await launch(names.map(pages.counter), { profile });
  await expect.poll(() => onDisk(profile)).toEqual({ titles: names, active: 'Page 0' });
  await killBrowser(before);

  // Without Playwright, which attaches to every page, and thereby gives it a process.
  const { electron, app } = where();
  const browser = spawn(electron, [app, '--profile', profile], { stdio: 'ignore' });
  const root = browser.pid ?? 0;
  try {
    // Plugins start after the first page, long after the strip has its tabs.
    await expect.poll(() => having('--utility-sub-type=node.mojom.NodeService', root)).toHaveLength(1);
    // The shell, and the page.
    await expect.poll(() => having('--type=renderer', root)).toHaveLength(2);
  } finally {
    const family = await familyOf(root);
    browser.kill('SIGKILL');
    await expect.poll(() => aliveOf(family)).toEqual([]);
  }
  const after = await launch([], { profile });
  await expect.poll(() => seenIn(after)).toEqual({ titles: names, active: 'Page 0' });
});

test('processes that were stopped when the browser was killed are ended by the watchdog, without another start', async ({
  launch,
  pages,
  folder,
}) => {
  const profile = `${folder}/profile`;
  const before = await launch([pages.counter('Alpha')], { profile });
  await before.pidOfPlugin();
  for (const kind of ['--type=gpu-process', '--type=broker', 'bulkhead-watchdog']) {
    await expect.poll(() => having(kind, before.pid), kind).toHaveLength(1);
  }
  const processes = await before.processes();
  const [watchdog] = await having('bulkhead-watchdog', before.pid);
  const stopped = processes.filter((pid) => pid !== before.pid && pid !== watchdog);
  // Three zygotes, the shell, the page, the plugin, GPU process, network service and its broker.
  expect(stopped.length).toBeGreaterThanOrEqual(9);
  for (const pid of stopped) process.kill(pid, 'SIGSTOP');
  process.kill(before.pid, 'SIGKILL');
  await expect.poll(() => aliveOf(processes)).toEqual([]);
  const after = await launch([], { profile });
  await expect(after.tab('Alpha')).toBeVisible();
});

test('processes left because the watchdog was killed with the browser are ended by the next start', async ({
  launch,
  pages,
  folder,
}) => {
  const profile = `${folder}/profile`;
  const before = await launch([pages.counter('Alpha')], { profile });
  await before.pidOfPlugin();
  const [watchdog = 0] = await having('bulkhead-watchdog', before.pid);
  const [gpu = 0] = await having('--type=gpu-process', before.pid);
  const [network = 0] = await having('--utility-sub-type=network.mojom.NetworkService', before.pid);
  const [broker = 0] = await having('--type=broker', before.pid);
  expect([watchdog, gpu, network, broker]).not.toContain(0);
  // The broker ends with its network service.
  const left = [gpu, network, broker];
  const others = (await before.processes()).filter((pid) => !left.includes(pid));
  for (const pid of [gpu, network]) process.kill(pid, 'SIGSTOP');
  process.kill(watchdog, 'SIGKILL');
  process.kill(before.pid, 'SIGKILL');
  await expect.poll(() => aliveOf(others)).toEqual([]);
  expect(await aliveOf(left)).toEqual(left);

  const after = await launch([], { profile });
  await expect(after.tab('Alpha')).toBeVisible();
  await expect.poll(() => aliveOf(left)).toEqual([]);
});
