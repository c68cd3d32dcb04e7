import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pictureOfWindow } from './screen.ts';
import { expect, test } from './test.ts';

const kept = (profile: string) => readFile(path.join(profile, 'history', 'visits.jsonl'), 'utf8').catch(() => '');

test('pages that were visited are listed, found, opened again and deleted, now and at the next start', async ({
  launch,
  pages,
  folder,
}, testInfo) => {
  const profile = path.join(folder, 'history');
  const [alpha, beta] = [pages.counter('Alpha'), pages.counter('Beta')];
  const first = await launch([alpha, 'bulkhead://newtab'], { profile });
  await first.open(beta);
  await expect(first.tab('Beta')).toBeVisible();
  await expect.poll(() => kept(profile)).toContain('"title":"Beta"');
  await first.application.close();

  const bulkhead = await launch(['bulkhead://history'], { profile });
  const page = await bulkhead.page('bulkhead://history');
  const visits = page.locator('[data-visit]');
  await expect(visits).toHaveText([/Beta/, /Alpha/]);
  await pictureOfWindow(bulkhead, testInfo.outputPath('history.png'));
  await page.getByRole('searchbox').fill('alp');
  await expect(visits).toHaveText([/Alpha/]);
  await page.getByRole('searchbox').fill('nowhere');
  await expect(page.getByRole('heading', { name: 'No visit matches' })).toBeVisible();
  await page.getByRole('searchbox').fill('');
  await visits.filter({ hasText: 'Beta' }).getByRole('button', { name: 'Delete this visit' }).click();
  await expect(visits).toHaveText([/Alpha/]);
  expect(await kept(profile)).not.toContain('Beta');
  await visits.getByRole('link', { name: 'Alpha' }).click();
  await expect(bulkhead.tab('Alpha')).toBeVisible();

  await bulkhead.open('bulkhead://history');
  await expect(visits).toHaveText([/Alpha/, /Alpha/]);
  await page.getByRole('button', { name: 'Delete all' }).click();
  await expect(page.getByRole('heading', { name: 'No visits yet' })).toBeVisible();
  expect(await kept(profile)).toBe('');
});

test('no visit is kept where a person wants none, nor of what was not found, nor of Bulkhead’s own pages', async ({
  launch,
  pages,
}) => {
  const bulkhead = await launch(['bulkhead://settings', `${pages.origin}/no-such-page`, pages.counter('Alpha')]);
  await expect(bulkhead.tab('Alpha')).toBeVisible();
  const settings = await bulkhead.page('bulkhead://settings');
  await settings.getByRole('checkbox', { name: 'Keep a history' }).uncheck();
  await bulkhead.open(pages.counter('Beta'));
  await expect(bulkhead.tab('Beta')).toBeVisible();
  await bulkhead.open('bulkhead://history');
  const page = await bulkhead.page('bulkhead://history');
  await expect(page.locator('[data-visit]')).toHaveText([/Alpha/]);
  await expect(page.getByRole('link', { name: 'Visits are not being kept now.' })).toBeVisible();
});
