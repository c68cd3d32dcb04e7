import { chmod, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Bulkhead } from './bulkhead.ts';
import { saveDownloads } from './downloads.ts';
import { onDisk, seenIn } from './session.ts';
import { aliveOf, isAlive } from './system.ts';
import { expect, test } from './test.ts';

test('ends are kept as crash reports, without any address', async ({ launch, pages }) => {
  const bulkhead = await launch([pages.counter('Victim'), pages.counter('Alpha')]);
  await bulkhead.pidOfTab('Victim');
  await bulkhead.go('bulkhead://crash');
  await expect(bulkhead.insteadOfPage).toContainText('This tab crashed');
  await bulkhead.open('bulkhead://crashes');
  const page = await bulkhead.page('bulkhead://crashes');
  await expect(page.getByRole('row')).toHaveCount(2);
  await expect(page.getByRole('row').last()).toContainText('SIGSEGV');
  await expect(page.locator('body')).not.toContainText('Victim');
  const folder = path.join(bulkhead.profile, 'crash-reports');
  expect(await readdir(folder)).toHaveLength(1);
  const remove = page.getByRole('button', { name: 'Delete this report' });
  await chmod(folder, 0o500);
  await remove.click();
  await expect(page.getByRole('alert')).toHaveText('It could not be deleted: the profile cannot be written.');
  await chmod(folder, 0o700);
  await remove.click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'No process has ended by a fault' })).toBeVisible();
  // A new report appears while the page is open.
  process.kill(await bulkhead.pidOfTab('Alpha'), 'SIGKILL');
  await expect(page.getByRole('row')).toHaveCount(2);
  await expect(page.getByRole('row').last()).toContainText('SIGKILL');
});

test('the log names type, id and process of a tab that was killed, and no address or title', async ({
  launch,
  pages,
}) => {
  const bulkhead = await launch([pages.counter('Alpha'), 'bulkhead://crashes']);
  const pid = await bulkhead.pidOfTab('Alpha');
  const page = await bulkhead.page('bulkhead://crashes');
  await bulkhead.activate('Crash reports');
  const lines = page.getByRole('region', { name: 'Log' }).getByRole('listitem');
  await expect(lines.filter({ hasText: /starts: Bulkhead \S+, Electron / })).toHaveCount(1);
  process.kill(pid, 'SIGKILL');
  const end = lines.filter({ hasText: 'was ended by SIGKILL' });
  await expect(end).toContainText([new RegExp(`tab \\d+ \\(pid ${pid}\\)`)]);
  await expect(page.locator('main')).not.toContainText(/127\.0\.0\.1|Alpha/);

  await bulkhead.application.close();
  const text = await readFile(path.join(bulkhead.profile, 'log', 'bulkhead.log'), 'utf8');
  expect(text).toMatch(new RegExp(`^\\S+Z warn tab \\d+ \\(pid ${pid}\\): was ended by SIGKILL`, 'm'));
  expect(text).toMatch(new RegExp(`info browser \\(pid ${bulkhead.pid}\\): ends with code 0\n$`));
  expect(text).not.toMatch(/127\.0\.0\.1|Alpha|:\/\//);
});

/** Types an address that ends the browser, and waits until nothing of it is left. */
async function endBy(bulkhead: Bulkhead, address: string): Promise<void> {
  const processes = await bulkhead.processes();
  // Playwright gets an answer, or notices the end of the browser.
  await bulkhead.go(address).catch(() => undefined);
  await expect.poll(() => isAlive(bulkhead.pid), { intervals: [20] }).toBe(false);
  await expect.poll(() => aliveOf(processes), 'left running').toEqual([]);
}

test("a typed address ends the browser, a page's link does not; the next start has the tabs and the report", async ({
  launch,
  pages,
  folder,
}) => {
  const profile = path.join(folder, 'profile');
  const sender = pages.html('Sender', '<a href="bulkhead://browser-kill">Kill</a>');
  const first = await launch([sender, pages.counter('Alpha')], { profile });
  // Not by a click of Playwright's: it would wait for a navigation that never comes.
  await (await first.page(sender)).getByRole('link').dispatchEvent('click');
  const tabs = { titles: ['Sender', 'Alpha'], active: 'Sender' };
  await expect.poll(() => seenIn(first)).toEqual(tabs);
  // The session is written within a second.
  await expect.poll(() => onDisk(profile)).toEqual(tabs);
  await expect(first.statusBar).toContainText('answers');
  const markedAt = async () => (await stat(path.join(profile, 'running.json'))).mtimeMs;
  const begunAt = await markedAt();
  await endBy(first, 'bulkhead://browser-kill');
  // The watchdog records the time of the end, on a busy machine possibly after the next start.
  await expect.poll(markedAt).toBeGreaterThan(begunAt);

  const second = await launch([], { profile, bugExpected: true });
  await expect.poll(() => seenIn(second)).toEqual(tabs);
  await second.open('bulkhead://crashes');
  const row = (await second.page('bulkhead://crashes')).locator('[data-report]');
  await expect(row).toHaveCount(1);
  await expect(row).toContainText(/Browser.*unknown/s);
  await expect(row).toContainText(String(first.pid));
  await endBy(second, 'bulkhead://browser-exception');
  await expect.poll(() => second.process.exitCode ?? second.process.signalCode).not.toBeNull();
  expect(second.process.exitCode, second.log).toBe(70);

  const third = await launch([], { profile });
  await third.activate('Crash reports');
  const page = await third.page('bulkhead://crashes');
  await expect(page.locator('[data-report]')).toContainText([/uncaught exception/, /unknown/]);
  await expect(page.locator('[data-report]').first()).toContainText(/uncaught exception.*Error: it was told to fail/s);

  await saveDownloads(third, path.join(folder, 'saved'));
  await page.getByRole('button', { name: 'Export' }).click();
  const saved = path.join(folder, 'saved', 'bulkhead-crash-reports.json');
  const reports = () =>
    readFile(saved, 'utf8')
      .then(JSON.parse)
      .catch(() => []);
  await expect.poll(reports).toMatchObject([
    { victim: 'browser', reason: 'uncaught-exception', pid: second.pid, message: 'Error: it was told to fail' },
    { victim: 'browser', reason: 'unknown', pid: first.pid, livedMs: expect.any(Number), message: null },
  ]);
  expect(await readFile(saved, 'utf8')).not.toMatch(/127\.0\.0\.1|Sender|:\/\//);
  await page.getByRole('button', { name: 'Delete all' }).click();
  await expect(page.getByRole('heading', { name: 'No process has ended by a fault' })).toBeVisible();
});

test('a browser that a debug address tells to terminate ends cleanly: its tabs are back, and nothing is reported', async ({
  launch,
  pages,
  folder,
}) => {
  const profile = path.join(folder, 'profile');
  const first = await launch(['Alpha', 'Beta'].map(pages.counter), { profile });
  await first.activate('Beta');
  await endBy(first, 'bulkhead://browser-terminate');
  await expect.poll(() => first.process.exitCode ?? first.process.signalCode).not.toBeNull();
  expect(first.process.exitCode, first.log).toBe(0);

  const second = await launch([], { profile });
  await expect.poll(() => seenIn(second)).toEqual({ titles: ['Alpha', 'Beta'], active: 'Beta' });
  await second.open('bulkhead://crashes');
  const page = await second.page('bulkhead://crashes');
  await expect(page.getByRole('heading', { name: 'No process has ended by a fault' })).toBeVisible();
});
