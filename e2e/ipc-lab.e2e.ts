import { readdir } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { isAlive } from './system.ts';
import { expect, test } from './test.ts';

/** Returns a process of the run, by its name on the page. */
async function pidOf(page: Page, name: string): Promise<number> {
  const row = page
    .getByRole('region', { name: 'Processes of this run' })
    .locator('div')
    .filter({ hasText: name })
    .first();
  await expect(row).toContainText(/PID \d+/);
  return Number(/PID (\d+)/.exec((await row.textContent()) ?? '')?.[1]);
}

const outcome = (page: Page) => page.getByRole('main').getByRole('status');

test('a lesson runs on real processes, shows their work, and shows the result next to the prediction', async ({
  share,
}) => {
  const bulkhead = await share(['bulkhead://ipc-lab/']);
  const page = await bulkhead.page('bulkhead://ipc-lab');
  await page.getByRole('link', { name: /^The bounded buffer/ }).click();
  await page.getByLabel('Slots (n)').fill('5');
  await expect(bulkhead.address).toHaveValue('bulkhead://ipc-lab/bounded-buffer?n=5');
  await page.getByRole('radio', { name: 'all n' }).check();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const [producer, consumer] = [await pidOf(page, 'Producer'), await pidOf(page, 'Consumer')];
  const family = await bulkhead.processes();
  expect(family).toContain(producer);
  expect(family).toContain(consumer);
  await expect(outcome(page)).toContainText('It held 4 items at most: one slot of the 5 stays unused');
  await expect(outcome(page)).toContainText('You predicted something else.');
  await expect.poll(() => Promise.all([isAlive(producer), isAlive(consumer)])).toEqual([false, false]);
  await page.getByText(/^Events \(\d+\)/).click();
  await expect(page.getByRole('cell', { name: 'the buffer is full: in = 4, out = 0' }).first()).toBeVisible();
  await expect(bulkhead.statusBar).not.toContainText('Lesson');
});

test('a lesson is stepped line by line, and runs by itself when it is told to', async ({ share }) => {
  const bulkhead = await share(['bulkhead://ipc-lab/rendezvous']);
  const page = await bulkhead.page('bulkhead://ipc-lab');
  await page.getByLabel('Pace').selectOption('Line by line');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const lines = page.locator('[aria-current="step"]');
  await expect(lines).toHaveText([/work\(\)/, /work\(\)/]);
  await page.getByRole('button', { name: 'Next line of Sender' }).click();
  await expect(lines.first()).toContainText('send(');
  await expect(lines.last()).toContainText('work()');
  await page.getByLabel('Pace').selectOption('As fast as it goes');
  await expect(outcome(page)).toContainText('4 of 4 meetings');
});

test('a killed process ends only its lesson, and closing the tab leaves nothing of a lesson', async ({
  share,
  pages,
}) => {
  const bulkhead = await share(['bulkhead://ipc-lab/bounded-buffer?items=1000', pages.counter('Alpha')]);
  const page = await bulkhead.page('bulkhead://ipc-lab');
  const run = () => page.getByRole('button', { name: /^Run/ }).click();
  await run();
  const producer = await pidOf(page, 'Producer');
  await bulkhead.open('bulkhead://processes');
  const processes = await bulkhead.page('bulkhead://processes');
  await expect(processes.locator(`tr[data-pid="${producer}"]`)).toContainText('bounded-buffer: producer');
  await bulkhead.activate('The bounded buffer');
  await page.getByRole('button', { name: 'Kill Producer' }).click();
  await expect(outcome(page)).toContainText('a process that it needs was ended from outside');
  expect(await isAlive(producer)).toBe(false);

  const consumerBefore = await pidOf(page, 'Consumer');
  await run();
  await expect.poll(() => pidOf(page, 'Consumer')).not.toBe(consumerBefore);
  const consumer = await pidOf(page, 'Consumer');
  expect(await isAlive(consumer)).toBe(true);
  await (await bulkhead.closeButton('The bounded buffer')).click();
  await expect.poll(() => isAlive(consumer)).toBe(false);
  await expect(bulkhead.tab('Alpha')).toBeVisible();
  expect((await readdir('/dev/shm')).filter((name) => name.startsWith(`bulkhead-${bulkhead.pid}-`))).toEqual([]);
});

test('an address with an unknown lesson or parameter says so', async ({ share }) => {
  const bulkhead = await share(['bulkhead://ipc-lab/bounded-buffer?n=1000000', 'bulkhead://ipc-lab/nonsense']);
  const page = await bulkhead.page('bulkhead://ipc-lab/bounded-buffer');
  await expect(page.getByRole('alert')).toContainText('does not take');
  await expect(page.getByLabel('Slots (n)')).toHaveValue('10');
  const none = await bulkhead.page('bulkhead://ipc-lab/nonsense');
  await expect(none.getByText('There is no lesson of this name')).toBeVisible();
});
