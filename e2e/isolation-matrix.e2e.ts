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
  await cell.click();
  await expect(cell).toHaveAttribute('data-state', 'passed', { timeout: 30_000 });
  await expect(page.getByRole('button', { name: 'Markdown' })).toBeVisible();
  // What was opened for it is gone, and who looks at the results still does.
  await expect(bulkhead.tabs).toHaveCount(2);
  expect(await bulkhead.pidOfTab('Alpha')).toBe(pid);
  const files = await readdir(path.join(bulkhead.profile, 'isolation'));
  expect(files.map((name) => path.extname(name)).sort()).toEqual(['.json', '.md']);
});
