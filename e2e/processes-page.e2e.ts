import type { Page } from '@playwright/test';
import { isAlive, readSandbox, readStat } from './system.ts';
import { expect, test } from './test.ts';
import { Witness } from './witness.ts';

const row = (page: Page, pid: number) => page.locator(`tr[data-pid="${pid}"]`);

test('bulkhead://processes lists every process, each with parent, memory and sandbox as the system has them', async ({
  launch,
  pages,
}) => {
  const bulkhead = await launch(['bulkhead://processes', pages.counter('Alpha')]);
  const page = await bulkhead.page('bulkhead://processes');
  const plugin = await bulkhead.pidOfPlugin();
  const alpha = await bulkhead.pidOfTab('Alpha');
  const listed = async () => {
    const pids = await page.locator('tr[data-pid]').evaluateAll((rows) => rows.map((each) => Number(each.dataset.pid)));
    return pids.sort((a, b) => a - b);
  };
  const running = async () => (await bulkhead.processes()).sort((a, b) => a - b);
  await expect.poll(async () => JSON.stringify(await listed()) === JSON.stringify(await running())).toBe(true);

  for (const pid of await running()) {
    const cells = row(page, pid).getByRole('cell');
    const { seccomp, pidNamespaces } = await readSandbox(pid);
    const sandbox =
      seccomp === 2
        ? pidNamespaces > 1
          ? 'Sandboxed'
          : 'System calls filtered'
        : pidNamespaces > 1
          ? 'Own PID namespace'
          : 'None';
    await expect(cells.nth(1)).toHaveText(String(pid));
    await expect(cells.nth(2)).toHaveText(String((await readStat(pid))?.parentPid));
    await expect(cells.nth(3)).toHaveText(/\d (KiB|MiB)/);
    await expect(cells.nth(4)).toHaveText(/\d%/);
    await expect(cells.nth(5)).toContainText(sandbox);
  }
  await expect(row(page, bulkhead.pid)).toContainText('Bulkhead');
  await expect(row(page, alpha)).toContainText('Alpha');
  await expect(row(page, alpha)).toContainText('Sandboxed');
  await expect(row(page, plugin)).toContainText('frame-stats');
  await expect(row(page, await bulkhead.pidOfTab('Processes'))).toContainText('Processes');

  await page.getByRole('searchbox').fill('frame-stats');
  await expect.poll(listed).toEqual([plugin]);
});

test('bulkhead://processes ends a tab by either signal and shows a tab, and harms nobody else', async ({
  launch,
  pages,
}) => {
  const bulkhead = await launch(['bulkhead://processes', ...['Alpha', 'Beta', 'Gamma'].map(pages.counter)]);
  const page = await bulkhead.page('bulkhead://processes');
  const gamma = await Witness.of(bulkhead, 'Gamma', `${pages.origin}/Gamma`);
  for (const [title, button, signal] of [
    ['Alpha', 'End process', 'SIGTERM'],
    ['Beta', 'Kill', 'SIGKILL'],
  ] as const) {
    const pid = await bulkhead.pidOfTab(title);
    await row(page, pid).getByRole('button', { name: button, exact: true }).click();
    await expect(row(page, pid)).toHaveCount(0);
    expect(await isAlive(pid)).toBe(false);
    await bulkhead.activate(title);
    await expect(bulkhead.insteadOfPage).toContainText(`Signal${signal}`);
    await bulkhead.activate('Processes');
  }
  await row(page, gamma.pid).getByRole('button', { name: 'Gamma' }).click();
  await expect(bulkhead.tab('Gamma')).toHaveAttribute('aria-selected', 'true');
  await gamma.expectUnharmed();
});
