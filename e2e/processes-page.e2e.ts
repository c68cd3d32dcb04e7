import type { Locator, Page } from '@playwright/test';
import type { Bulkhead } from './bulkhead.ts';
import { aliveOf, isAlive, readSandbox, readStat } from './system.ts';
import { expect, test } from './test.ts';
import { Witness } from './witness.ts';

const row = (page: Page, pid: number) => page.locator(`tr[data-pid="${pid}"]`);

/** Leaves out zombies, and ended processes whose row is kept for the pointer. */
const runningRows = 'tr[data-pid]:not([data-state=Z], [data-state=X])';

/** Returns the running processes in the list at one moment, by PID. */
async function rowsOf(page: Page): Promise<{ pid: number; cells: string[] }[]> {
  const rows = await page.locator(runningRows).evaluateAll((elements) =>
    elements.map((element) => ({
      pid: Number(element.dataset.pid),
      cells: [...element.querySelectorAll('td')].map((cell) => cell.textContent?.trim() ?? ''),
    })),
  );
  return rows.sort((a, b) => a.pid - b.pid);
}

const running = async (bulkhead: Bulkhead) => (await aliveOf(await bulkhead.processes())).sort((a, b) => a - b);

/** `plugin`: it confines itself, and reports that. Chromium confines the network service and its broker. */
async function sandboxOf(pid: number, plugin: number): Promise<string> {
  const { seccomp, pidNamespaces } = await readSandbox(pid);
  if (seccomp === 2) return pidNamespaces > 1 ? 'Sandboxed' : pid === plugin ? 'Locked down' : 'System calls filtered';
  return pidNamespaces > 1 ? 'Own PID namespace' : 'None';
}

test("bulkhead://processes lists every process with the system's values for parent, memory and sandbox", async ({
  launch,
  pages,
}) => {
  const bulkhead = await launch(['bulkhead://processes', pages.counter('Alpha')]);
  const page = await bulkhead.page('bulkhead://processes');
  const plugin = await bulkhead.pidOfPlugin();
  const alpha = await bulkhead.pidOfTab('Alpha');
  // Helpers start and end at any time, so page and system are read together until both are of the same moment.
  await expect(async () => {
    const rows = await rowsOf(page);
    expect(rows.map(({ pid }) => pid)).toEqual(await running(bulkhead));
    for (const { pid, cells } of rows) {
      const [, pidCell, parent, memory, cpu, sandbox] = cells;
      expect(pidCell).toBe(String(pid));
      expect(parent).toBe(String((await readStat(pid))?.parentPid));
      expect(memory).toMatch(/\d (KiB|MiB)/);
      expect(cpu).toMatch(/\d%/);
      expect(sandbox).toContain(await sandboxOf(pid, plugin));
    }
  }).toPass({ timeout: 30_000 });
  await expect(page.getByText('Yama is')).toBeVisible();
  await expect(row(page, bulkhead.pid)).toContainText('Bulkhead');
  await expect(row(page, alpha)).toContainText('Alpha');
  await expect(row(page, alpha)).toContainText('Sandboxed');
  await expect(row(page, plugin)).toContainText('frame-stats');
  await expect(row(page, await bulkhead.pidOfTab('Processes'))).toContainText('Processes');

  await page.getByRole('searchbox').fill('frame-stats');
  await expect.poll(async () => (await rowsOf(page)).map(({ pid }) => pid)).toEqual([plugin]);
});

test('bulkhead://processes ends a tab with either signal and activates a tab, and harms no other process', async ({
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
    const end = row(page, pid).getByRole('button', { name: button, exact: true });
    await end.click();
    await expect.poll(() => isAlive(pid)).toBe(false);
    // The pointer is still there: a second press must not end the next process in the list.
    await expect(row(page, pid)).toHaveAttribute('data-state', 'X');
    await expect(end).toBeDisabled();
    await page.getByRole('heading', { level: 1 }).hover();
    await expect(row(page, pid)).toHaveCount(0);
    await bulkhead.activate(title);
    await expect(bulkhead.insteadOfPage).toContainText(`Signal${signal}`);
    await bulkhead.activate('Processes');
  }
  await row(page, gamma.pid).getByRole('button', { name: 'Gamma' }).click();
  await expect(bulkhead.tab('Gamma')).toHaveAttribute('aria-selected', 'true');
  await gamma.expectUnharmed();
});

test('bulkhead://processes shows how much a page has fetched, when the user chooses that column', async ({
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

test('bulkhead://processes works by keyboard: filter, order, columns, ports, Stop and Continue', async ({
  launch,
  pages,
}) => {
  const bulkhead = await launch(['bulkhead://processes', pages.counter('Alpha'), pages.counter('Beta')]);
  const page = await bulkhead.page('bulkhead://processes');
  const alpha = await bulkhead.pidOfTab('Alpha');
  const beta = await bulkhead.pidOfTab('Beta');
  const pids = async () => (await rowsOf(page)).map(({ pid }) => pid);
  const inOrder = () => page.locator(runningRows).evaluateAll((rows) => rows.map((each) => Number(each.dataset.pid)));
  const press = async (button: Locator, key = 'Enter') => {
    await button.focus();
    await page.keyboard.press(key);
  };
  await expect(row(page, beta)).toBeVisible();

  await page.getByRole('searchbox').focus();
  await page.keyboard.type('tab alp');
  await expect.poll(pids).toEqual([alpha]);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('no such process');
  await expect(page.getByRole('heading', { name: 'No process matches' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('Delete');
  await expect.poll(pids).toEqual(expect.arrayContaining([alpha, beta, bulkhead.pid]));

  const pidHeader = page.getByRole('columnheader', { name: 'PID', exact: true });
  for (const [direction, sign] of [
    ['ascending', 1],
    ['descending', -1],
  ] as const) {
    await press(pidHeader.getByRole('button'));
    await expect(pidHeader).toHaveAttribute('aria-sort', direction);
    await expect(async () => {
      const order = await inOrder();
      expect(order).toEqual(order.toSorted((one, other) => sign * (one - other)));
    }).toPass();
  }

  await press(page.getByRole('button', { name: 'Columns' }));
  await press(page.getByRole('checkbox', { name: 'Threads' }), 'Space');
  await press(page.getByRole('checkbox', { name: 'Parent' }), 'Space');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('checkbox', { name: 'Threads' })).toBeHidden();
  await expect(row(page, alpha).locator('[data-column="threads"]')).toHaveText(/^\d+$/);
  await page.reload();
  await expect(row(page, alpha).locator('[data-column="threads"]')).toHaveText(/^\d+$/);
  await expect(page.getByRole('columnheader', { name: 'Parent' })).toHaveCount(0);
  for (const chart of [/^CPU over the last minute/, /^Memory over the last minute; full height is [\d.]+ MiB/]) {
    await expect(row(page, alpha).getByRole('img', { name: chart }).locator('polyline')).toHaveAttribute(
      'points',
      /,.* /,
    );
  }

  await press(row(page, alpha).getByRole('button', { name: 'Ports', exact: true }));
  const ports = page.getByRole('table', { name: `Ports of Alpha (PID ${alpha})` });
  const port = ports.locator('tr[data-contract="tab"]');
  await expect(port).toContainText('browser');
  await expect(port.getByRole('cell').nth(1)).toHaveText(/^\d+\/s$/);
  await expect(port.getByRole('cell').nth(2)).toHaveText(/^[\d.]+ (B|KiB)\/s$/);

  // Stopping the browser or its zygote would stop the window, and the user could not continue it.
  for (const above of [bulkhead.pid, (await readStat(alpha))?.parentPid ?? 0]) {
    await expect(row(page, above).getByRole('button', { name: 'Stop', exact: true })).toBeDisabled();
  }
  await press(row(page, alpha).getByRole('button', { name: 'Stop', exact: true }));
  await expect(row(page, alpha)).toContainText('stopped');
  expect((await readStat(alpha))?.state).toBe('T');
  const goOn = row(page, alpha).getByRole('button', { name: 'Continue', exact: true });
  await expect(goOn, 'the keyboard focus is still there').toBeFocused();
  await page.keyboard.press('Enter');
  await expect(row(page, alpha)).not.toContainText('stopped');
  expect((await readStat(alpha))?.state).not.toBe('T');
  expect(await bulkhead.pidOfTab('Alpha')).toBe(alpha);
});

test("Electron's fuses are shown when the user opens them", async ({ launch }) => {
  const bulkhead = await launch(['bulkhead://processes']);
  const page = await bulkhead.page('bulkhead://processes');
  await page.getByRole('button', { name: 'Fuses' }).click();
  const fuse = (name: string) => page.getByRole('term').filter({ hasText: name }).locator('+ dd');
  // Playwright controls Electron through this one.
  await expect(fuse('EnableNodeCliInspectArguments')).toHaveText('on');
  await expect(fuse('LoadBrowserProcessSpecificV8Snapshot')).toHaveText('off');
});
