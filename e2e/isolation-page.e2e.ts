import { expect, test } from './test.ts';

test('a cell of the matrix is run by a press of it, and its result and its crash report are there', async ({
  launch,
}) => {
  const bulkhead = await launch(['bulkhead://isolation']);
  const page = await bulkhead.page('bulkhead://isolation');
  const cell = page.locator('[data-fault="tab-segmentation-fault"]');
  await expect(cell).toHaveAttribute('data-state', 'not-run');
  await cell.click();
  await expect(cell).toHaveAttribute('data-state', 'passed', { timeout: 40_000 });
  const result = page.locator('[data-result="tab-segmentation-fault"]');
  await expect(result).toContainText('SIGSEGV');
  await expect(result).toContainText('processes, state');
  await expect(page.getByRole('button', { name: 'JSON' })).toBeVisible();

  await bulkhead.go('bulkhead://crashes');
  const crashes = await bulkhead.page('bulkhead://crashes');
  const report = crashes.locator('[data-report]').first();
  await expect(report).toContainText('SIGSEGV');
  await report.getByRole('button', { name: 'Delete this report' }).click();
  await expect(crashes.getByRole('heading', { name: 'No process has ended by a fault' })).toBeVisible();
});
