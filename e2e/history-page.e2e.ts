import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pictureOfWindow } from './screen.ts';
import { expect, test } from './test.ts';

const kept = (profile: string) => readFile(path.join(profile, 'history', 'visits.jsonl'), 'utf8').catch(() => '');

test('visited pages are listed, found, opened again and deleted, now and at the next start', async ({
  launch,
  pages,
  folder,
}, testInfo) => {
  const profile = path.join(folder, 'history');
  const [alpha, beta] = [pages.counter('Alpha'), pages.counter('Beta')];
  const first = await launch([alpha, 'bulkhead://newtab'], { profile });
  await expect(first.tabs).toHaveText([/Alpha/, /New tab/]);
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
  const again = await bulkhead.page('bulkhead://history');
  await expect(again.locator('[data-visit]')).toHaveText([/Alpha/, /Alpha/]);
  await again.getByRole('button', { name: 'Delete all' }).click();
  await expect(again.getByRole('heading', { name: 'No visits yet' })).toBeVisible();
  expect(await kept(profile)).toBe('');
});

test('no visit is kept when the user switched history off, nor of error pages, nor of Bulkhead’s own pages', async ({
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
  await expect(page.getByRole('link', { name: 'New visits are not kept.' })).toBeVisible();
});

test('the address bar offers visited pages, by keyboard and by pointer', async ({ launch, pages }, testInfo) => {
  const bulkhead = await launch([pages.counter('Alpha'), pages.counter('Beta'), 'bulkhead://newtab']);
  await expect(bulkhead.tabs).toHaveText([/Alpha/, /Beta/, /New tab/]);
  await bulkhead.activate('New tab');
  const offers = bulkhead.shell.getByRole('listbox', { name: 'Pages visited before' });
  await bulkhead.address.pressSequentially('127.0');
  await expect(offers.getByRole('option')).toHaveCount(2);
  await expect(bulkhead.address).toHaveAttribute('aria-expanded', 'true');
  await pictureOfWindow(bulkhead, testInfo.outputPath('suggestions.png'));
  await bulkhead.address.press('Escape');
  await expect(offers).toHaveCount(0);
  await expect(bulkhead.address).toHaveValue('127.0');
  await bulkhead.address.fill('alph');
  await expect(offers.getByRole('option')).toHaveText([/Alpha/]);
  await bulkhead.address.press('ArrowDown');
  await expect(offers.getByRole('option', { selected: true })).toContainText('Alpha');
  await expect(bulkhead.address).toHaveValue(`${pages.origin}/Alpha`);
  await bulkhead.address.press('Enter');
  await expect(offers).toHaveCount(0);
  await expect(bulkhead.tabs).toHaveText([/Alpha/, /Beta/, /Alpha/]);
  await bulkhead.address.fill('bet');
  await offers.getByRole('option', { name: 'Beta' }).click();
  await expect(bulkhead.tabs).toHaveText([/Alpha/, /Beta/, /Beta/]);
});
