import type { Locator, Page } from '@playwright/test';
import { expect, test } from './test.ts';

const port = (page: Page, contract: string, peer: string) =>
  page.locator(`tr[data-contract="${contract}"][data-peer="${peer}"]`);
/** Returns the text of a row in a column. */
async function cell(row: Locator, column: string): Promise<string> {
  const headers = await row.page().getByRole('columnheader').allTextContents();
  const index = headers.findIndex((header) => header.trim() === column);
  return ((await row.locator('th, td').nth(index).textContent()) ?? '').trim();
}
const figure = (row: Locator, column: string) => async () =>
  Number((await cell(row, column)).replaceAll(/[^\d.]/g, ''));

test('the ports page shows every port of the browser, with its peer and its traffic', async ({ launch, pages }) => {
  const bulkhead = await launch(['bulkhead://ports', pages.counter('Alpha')]);
  const page = await bulkhead.page('bulkhead://ports');
  const plugin = await bulkhead.pidOfPlugin();
  const alpha = await bulkhead.pidOfTab('Alpha');
  await expect(port(page, 'tab', 'tab 2')).toContainText(String(alpha));
  await expect(port(page, 'tab', 'tab 2')).toContainText('calls');
  await expect(port(page, 'shell-host', 'shell')).toContainText('serves');
  await expect(port(page, 'page-host', 'page of tab 1')).toContainText(String(await bulkhead.pidOfTab('Ports')));
  const frames = port(page, 'frame-plugin', 'plugin frame-stats');
  await expect(frames).toContainText(String(plugin));
  // Changes of this page are reported to the plugin, and the figures increase.
  await bulkhead.showFigures();
  const before = await figure(frames, 'Messages')();
  await expect.poll(figure(frames, 'Messages')).toBeGreaterThan(before);
  await expect.poll(figure(frames, 'Messages/s')).toBeGreaterThan(0);

  await port(page, 'shell-host', 'shell').getByRole('button').click();
  const methods = page.getByRole('table', { name: 'Methods of shell-host with shell' });
  await expect(methods.locator('[data-method="windowState"]')).toContainText('stream');

  await page.getByRole('searchbox').fill('frame-plugin');
  await expect(page.locator('tr[data-contract]')).toHaveCount(1);
  await page.getByRole('searchbox').fill('no such port');
  await expect(page.getByRole('heading', { name: 'No port matches' })).toBeVisible();
});

test("a direct port from the plugin to a tab is listed with the plugin's counts, or marked when the plugin does not report", async ({
  launch,
  pages,
}) => {
  const bulkhead = await launch(['bulkhead://ports', pages.counter('Alpha')]);
  const page = await bulkhead.page('bulkhead://ports');
  await bulkhead.pidOfPlugin();
  await bulkhead.showFigures();
  await bulkhead.activate('Alpha');
  const alpha = await bulkhead.pidOfTab('Alpha');
  const straight = port(page, 'tab-view', 'tab 2');
  await expect(straight).toContainText(String(alpha));
  await expect(straight).toHaveAttribute('data-seen-by', 'frame-stats');
  const before = await figure(straight, 'Messages')();
  await expect.poll(figure(straight, 'Messages')).toBeGreaterThan(before);

  process.kill(await bulkhead.pidOfPlugin(), 'SIGSTOP');
  await expect(page.getByText('frame-stats does not report now')).toBeVisible();
  await expect(straight).toHaveCount(0);
});

test('a stopped tab is shown as not answering, and the live view shows envelopes without their content', async ({
  launch,
  pages,
}) => {
  const bulkhead = await launch(['bulkhead://ports', pages.counter('Alpha'), pages.counter('Beta')]);
  const page = await bulkhead.page('bulkhead://ports');
  const alpha = await bulkhead.pidOfTab('Alpha');
  await bulkhead.activate('Ports');
  await expect(port(page, 'tab', 'tab 2')).toContainText('yes');

  await page.getByRole('button', { name: 'Start' }).click();
  const live = page.getByRole('region', { name: 'Live' });
  // Typed by the user in the window: the call and its reply are shown, but not the address.
  await bulkhead.activate('Beta');
  await bulkhead.go(`${pages.origin}/a-secret-of-somebody`);
  await bulkhead.activate('Ports');
  await expect(live.getByRole('row', { name: /shell-host.*shell.*browser.*call.*navigate/ }).first()).toBeVisible();
  await expect(page.getByText('a-secret-of-somebody')).toHaveCount(0);
  await expect(live.locator('tr[data-kind="reply"]').first()).toContainText('ms');
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByRole('button', { name: 'Start' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(live.getByRole('row')).toHaveCount(0);

  process.kill(alpha, 'SIGSTOP');
  await expect(port(page, 'tab', 'tab 2')).toContainText('no');
  process.kill(alpha, 'SIGCONT');
  await expect(port(page, 'tab', 'tab 2')).toContainText('yes');
});

test('an idle hidden page is left alone; a hidden page that hangs is asked again, and found', async ({
  launch,
  pages,
}) => {
  const still = pages.html('Still', '<h1>Still</h1>');
  const bulkhead = await launch(['bulkhead://ports', still]);
  const ports = await bulkhead.page('bulkhead://ports');
  const messages = figure(port(ports, 'tab', 'tab 2'), 'Messages/s');
  const page = await bulkhead.page(still);
  await expect.poll(messages, { timeout: 30_000 }).toBe(0);
  // The shell is not asked either, while nothing changes in the window.
  await expect.poll(figure(port(ports, 'shell-host', 'shell'), 'Messages/s'), { timeout: 30_000 }).toBe(0);
  await page.evaluate(() =>
    setTimeout(() => {
      for (;;);
    }),
  );
  await expect(bulkhead.tab('Still')).toHaveAttribute('title', /Does not answer/);
  process.kill(await bulkhead.pidOfTab('Still'), 'SIGKILL');
  await expect(bulkhead.tab('Still')).toHaveAttribute('title', /Its process has ended/);
});

// Without Playwright, which emulates focus, so that Chromium treats a page as visible in any case.
test('an internal page gets no updates while it is not visible', async ({ launchUndriven }) => {
  const undriven = await launchUndriven(['bulkhead://ports', 'bulkhead://processes']);
  const show = (tab: number) => undriven.click('bulkhead://shell', `#tab-${tab}`);
  const listsPlugin = () =>
    undriven.inPage<boolean>('bulkhead://processes', `document.body.innerText.includes('frame-stats')`);
  const toldPerSecond = () =>
    undriven.inPage<string | undefined>(
      'bulkhead://ports',
      `(() => {
        const column = [...document.querySelectorAll('[role=columnheader], thead th')]
          .findIndex((header) => header.textContent.trim() === 'Messages/s');
        const row = document.querySelector('tr[data-contract="page-host"][data-peer="page of tab 2"]');
        return row?.querySelectorAll('th, td')[column]?.textContent.trim();
      })()`,
    );
  await show(2);
  await expect.poll(listsPlugin).toBe(true);
  await expect.poll(() => undriven.inPage('bulkhead://ports', 'document.hidden')).toBe(true);
  await show(1);
  await expect.poll(toldPerSecond, { timeout: 30_000 }).toBe('0/s');
  await show(2);
  await undriven.inPage('bulkhead://processes', `void (globalThis.was = document.body.innerText)`);
  await expect.poll(() => undriven.inPage('bulkhead://processes', 'document.body.innerText !== was')).toBe(true);
});
