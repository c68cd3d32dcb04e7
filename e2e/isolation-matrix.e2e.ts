import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './test.ts';

test('a cell of the matrix is run from its page on tabs of its own, and the run is saved', async ({
  launch,
  pages,
}) => {
  const bulkhead = await launch([pages.counter('Alpha')]);
  const pid = await bulkhead.pidOfTab('Alpha');
  await bulkhead.open('bulkhead://isolation');
  const page = await bulkhead.page('bulkhead://isolation');
  const cell = page.locator('[data-fault="tab-kill"]').first();
  await expect(cell).toHaveAttribute('data-state', 'not-run');
  await expect(page.locator('[data-fault="browser-kill"]').first()).toHaveAttribute('data-state', 'unavailable');
  await cell.click();
  await expect(cell).toHaveAttribute('data-state', 'passed', { timeout: 30_000 });
  await expect(page.getByRole('button', { name: 'Markdown' })).toBeVisible();
  // What was opened for it is gone, and who looks at the results still does.
  await expect(bulkhead.tabs).toHaveCount(2);
  expect(await bulkhead.pidOfTab('Alpha')).toBe(pid);
  const files = await readdir(path.join(bulkhead.profile, 'isolation'));
  expect(files.map((name) => path.extname(name)).sort()).toEqual(['.json', '.md']);
});

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
  expect(await readdir(path.join(bulkhead.profile, 'crash-reports'))).toHaveLength(1);
});
