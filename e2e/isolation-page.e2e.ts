import { access, chmod, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { saveDownloads } from './downloads.ts';
import { pictureOfWindow } from './screen.ts';
import { onDisk } from './session.ts';
import { expect, test } from './test.ts';

test('a cell runs when it is pressed; its result is shown, saved in three forms and compared with an earlier run', async ({
  launch,
  folder,
}, testInfo) => {
  const bulkhead = await launch(['bulkhead://isolation']);
  const page = await bulkhead.page('bulkhead://isolation');
  const cell = page.locator('[data-fault="tab-segmentation-fault"]');
  await expect(cell).toHaveAttribute('data-state', 'not-run');
  await cell.click();
  await expect(cell).toHaveAttribute('data-state', 'passed', { timeout: 40_000 });
  const result = page.locator('[data-result="tab-segmentation-fault"]');
  await expect(result).toContainText('SIGSEGV');
  await expect(result).toContainText('processes, state');

  const saved = path.join(folder, 'saved');
  await saveDownloads(bulkhead, saved);
  for (const name of ['JSON', 'Markdown', 'Picture']) await page.getByRole('button', { name }).click();
  const [file = ''] = (await readdir(path.join(bulkhead.profile, 'isolation'))).filter((name) =>
    name.endsWith('.json'),
  );
  const id = path.basename(file, '.json');
  const read = (ending: string) =>
    readFile(path.join(saved, `bulkhead-isolation-${id}.${ending}`)).catch(() => undefined);
  await expect
    .poll(async () => JSON.parse(String((await read('json')) ?? '{}')))
    .toMatchObject({
      id,
      cells: expect.arrayContaining([expect.objectContaining({ fault: 'tab-segmentation-fault', state: 'passed' })]),
    });
  await expect.poll(async () => String(await read('md'))).toMatch(/\| tab-segmentation-fault \| passed \| .*SIGSEGV/);
  await expect.poll(async () => (await read('png'))?.subarray(1, 4).toString()).toBe('PNG');

  const compare = page.getByRole('combobox', { name: 'Compare with' });
  await expect(compare.getByRole('option')).toHaveText(['nothing']);
  await cell.click();
  await expect(compare.getByRole('option')).toHaveText(['nothing', /: 1 passed, 0 failed$/], { timeout: 40_000 });
  const marks = result.getByTitle(/^in the earlier run [\d.,]+ ms$/);
  await expect(marks).toHaveCount(0);
  await compare.selectOption({ index: 1 });
  await expect(marks).toHaveCount(1);
  // The user closes a witness meanwhile, and the profile cannot be written: the run still ends, and its results are
  // available. Cells that the earlier run did not have are new.
  const runs = path.join(bulkhead.profile, 'isolation');
  await chmod(runs, 0o500);
  await page.locator('[data-fault="tab-stack-overflow"]').click();
  await expect(bulkhead.tab('Victim')).toBeVisible({ timeout: 40_000 });
  expect(await onDisk(bulkhead.profile), 'the session').toEqual({ titles: ['Isolation'], active: 'Isolation' });
  await (await bulkhead.closeButton('Witness 1')).click();
  await expect(page.locator('[data-result="tab-stack-overflow"]')).toContainText('new', { timeout: 40_000 });
  await expect(page.getByRole('button', { name: 'Run all' })).toBeEnabled({ timeout: 40_000 });
  await expect(bulkhead.tabs).toHaveText([/Isolation/]);
  await chmod(runs, 0o700);
  await page.getByRole('button', { name: 'JSON' }).click();
  const newest = async () => {
    const files = (await readdir(saved)).filter((name) => name.endsWith('.json')).sort();
    return readFile(path.join(saved, files.at(-1) ?? ''), 'utf8');
  };
  await expect.poll(newest).toMatch(/"fault": "tab-stack-overflow",\s*"victim": "tab",\s*"state": "(passed|failed)"/);
  const rows = page.locator('[data-run]');
  const count = await rows.count();
  expect(count).toBeGreaterThan(0);
  await chmod(runs, 0o500);
  await rows.last().scrollIntoViewIfNeeded();
  await pictureOfWindow(bulkhead, testInfo.outputPath('saved-runs.png'));
  const remove = rows.last().getByRole('button', { name: /^Delete the run of/ });
  await remove.click();
  await expect(page.getByRole('alert')).toHaveText('It could not be deleted: the profile cannot be written.');
  await chmod(runs, 0o700);
  const doomed = await rows.last().getAttribute('data-run');
  await remove.click();
  await expect(rows).toHaveCount(count - 1);
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect((await readdir(runs)).filter((name) => name.startsWith(doomed ?? ''))).toEqual([]);
  // Ends caused by the matrix are marked in the crash reports.
  await bulkhead.open('bulkhead://crashes');
  const reports = (await bulkhead.page('bulkhead://crashes')).locator('[data-report]');
  await expect(reports.first()).toContainText('caused by the matrix');
  expect((await readdir(path.join(bulkhead.profile, 'crash-reports'))).every((name) => name.includes('-matrix.'))).toBe(
    true,
  );
  // None of the pages opened for it is in the history.
  await expect(access(path.join(bulkhead.profile, 'history', 'visits.jsonl'))).rejects.toThrow('ENOENT');
});
