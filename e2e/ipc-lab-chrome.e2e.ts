import { isAlive } from './system.ts';
import { expect, test } from './test.ts';

test('the lesson on Chrome kills a tab of this browser, and the others keep their processes', async ({
  launch,
  pages,
}) => {
  const bulkhead = await launch(['bulkhead://ipc-lab/chrome', pages.counter('Alpha')]);
  const page = await bulkhead.page('bulkhead://ipc-lab');
  const [alpha, lab] = [await bulkhead.pidOfTab('Alpha'), await bulkhead.pidOfTab('Chrome as the example')];
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const outcome = page.getByRole('main').getByRole('status');
  await expect(outcome).toContainText('2 of 2 other tabs went on painting', { timeout: 30_000 });
  await expect(outcome).toContainText('of Bulkhead itself (browser, interface, tabs, plugins) 0 were lost');
  await page.getByText(/^Events \(\d+\)/).click();
  const killed = page.getByRole('cell', { name: /^that tab’s renderer \(PID \d+\) was killed \(SIGKILL\)/ });
  await expect(killed).toHaveCount(1);
  const pid = Number(/PID (\d+)/.exec((await killed.textContent()) ?? '')?.[1]);
  expect([alpha, lab]).not.toContain(pid);
  expect(await isAlive(pid)).toBe(false);
  expect(await bulkhead.pidOfTab('Alpha')).toBe(alpha);
  expect(await Promise.all([alpha, lab].map(isAlive))).toEqual([true, true]);
  // The tab was closed with the run.
  await expect(bulkhead.tabs).toHaveCount(2);
});
