import type { Page } from '@playwright/test';
import type { Bulkhead } from './bulkhead.ts';
import { aliveOf, isAlive, readSandbox, readStat } from './system.ts';
import { expect, test } from './test.ts';
import { Witness } from './witness.ts';

const row = (page: Page, pid: number) => page.locator(`tr[data-pid="${pid}"]`);

/** The list at one moment, by PID, without what has ended and only waits for its parent to take note of it. */
async function rowsOf(page: Page): Promise<{ pid: number; cells: string[] }[]> {
  const rows = await page.locator('tr[data-pid]:not([data-state=Z])').evaluateAll((elements) =>
    elements.map((element) => ({
      pid: Number(element.dataset.pid),
      cells: [...element.querySelectorAll('td')].map((cell) => cell.textContent?.trim() ?? ''),
    })),
  );
  return rows.sort((a, b) => a.pid - b.pid);
}

const running = async (bulkhead: Bulkhead) => (await aliveOf(await bulkhead.processes())).sort((a, b) => a - b);

async function sandboxOf(pid: number): Promise<string> {
  const { seccomp, pidNamespaces } = await readSandbox(pid);
  if (seccomp === 2) return pidNamespaces > 1 ? 'Sandboxed' : 'System calls filtered';
  return pidNamespaces > 1 ? 'Own PID namespace' : 'None';
}

test('bulkhead://processes lists every process, each with parent, memory and sandbox as the system has them', async ({
  launch,
  pages,
}) => {
  const bulkhead = await launch(['bulkhead://processes', pages.counter('Alpha')]);
  const page = await bulkhead.page('bulkhead://processes');
  const plugin = await bulkhead.pidOfPlugin();
  const alpha = await bulkhead.pidOfTab('Alpha');
  // Helpers come and go at any time: page and system are looked at together, until both are of the same moment.
  await expect(async () => {
    const rows = await rowsOf(page);
    expect(rows.map(({ pid }) => pid)).toEqual(await running(bulkhead));
    for (const { pid, cells } of rows) {
      const [, pidCell, parent, memory, cpu, sandbox] = cells;
      expect(pidCell).toBe(String(pid));
      expect(parent).toBe(String((await readStat(pid))?.parentPid));
      expect(memory).toMatch(/\d (KiB|MiB)/);
      expect(cpu).toMatch(/\d%/);
      expect(sandbox).toContain(await sandboxOf(pid));
    }
  }).toPass({ timeout: 30_000 });
  await expect(row(page, bulkhead.pid)).toContainText('Bulkhead');
  await expect(row(page, alpha)).toContainText('Alpha');
  await expect(row(page, alpha)).toContainText('Sandboxed');
  await expect(row(page, plugin)).toContainText('frame-stats');
  await expect(row(page, await bulkhead.pidOfTab('Processes'))).toContainText('Processes');

  await page.getByRole('searchbox').fill('frame-stats');
  await expect.poll(async () => (await rowsOf(page)).map(({ pid }) => pid)).toEqual([plugin]);
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
    await expect.poll(() => isAlive(pid)).toBe(false);
    await expect(row(page, pid)).toHaveCount(0);
    await bulkhead.activate(title);
    await expect(bulkhead.insteadOfPage).toContainText(`Signal${signal}`);
    await bulkhead.activate('Processes');
  }
  await row(page, gamma.pid).getByRole('button', { name: 'Gamma' }).click();
  await expect(bulkhead.tab('Gamma')).toHaveAttribute('aria-selected', 'true');
  await gamma.expectUnharmed();
});

test('bulkhead://processes shows how much a page has fetched, where a person wants to see it', async ({
  launch,
  pages,
}) => {
  const large = pages.html('Large', `<p>${'x'.repeat(300_000)}</p>`);
  const bulkhead = await launch(['bulkhead://processes', large]);
  const page = await bulkhead.page('bulkhead://processes');
  const pid = await bulkhead.pidOfTab('Large');
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Network' }).check();
  await expect(row(page, pid).locator('[data-column="network"]')).toHaveText(/^29\d KiB$/);
});
