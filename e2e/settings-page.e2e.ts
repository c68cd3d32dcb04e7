import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { Bulkhead } from './bulkhead.ts';
import { pictureOfWindow } from './screen.ts';
import { expect, test } from './test.ts';
import { Witness } from './witness.ts';

const isDark = (page: Page) => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
const settingsOf = (bulkhead: Bulkhead) => bulkhead.page('bulkhead://settings');

test('the chosen theme applies to everything at once, and to the next start', async ({
  launch,
  pages,
  folder,
}, testInfo) => {
  const profile = path.join(folder, 'chosen');
  const bulkhead = await launch(['bulkhead://settings', pages.counter('Alpha')], { profile });
  const page = await settingsOf(bulkhead);
  const alpha = await bulkhead.page(`${pages.origin}/Alpha`);
  const before = await isDark(alpha);
  const theme = before ? 'light' : 'dark';
  await page.getByRole('combobox', { name: 'Theme' }).selectOption(theme);
  for (const each of [page, alpha, bulkhead.shell]) await expect.poll(() => isDark(each)).toBe(!before);
  await pictureOfWindow(bulkhead, testInfo.outputPath(`settings-${theme}.png`));
  await expect.poll(() => readFile(path.join(profile, 'settings.json'), 'utf8').catch(() => '')).toContain(theme);
  await bulkhead.application.close();
  const again = await launch(['bulkhead://settings'], { profile });
  await expect.poll(async () => isDark(await settingsOf(again))).toBe(!before);
  await expect((await settingsOf(again)).getByRole('combobox', { name: 'Theme' })).toHaveValue(theme);
});

test('the chosen language applies to the shell at once, and no tab loses anything', async ({
  launch,
  pages,
}, testInfo) => {
  const bulkhead = await launch(['bulkhead://settings', pages.counter('Alpha')]);
  const alpha = await Witness.of(bulkhead, 'Alpha', `${pages.origin}/Alpha`);
  await bulkhead.activate('Settings');
  const page = await settingsOf(bulkhead);
  await page.getByRole('combobox', { name: 'Language' }).selectOption('한국어');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('설정');
  await expect(bulkhead.shell.getByRole('tablist', { name: '탭' })).toBeVisible();
  await expect(bulkhead.shell.locator('html')).toHaveAttribute('lang', 'ko');
  await pictureOfWindow(bulkhead, testInfo.outputPath('settings-ko.png'));
  await page.getByRole('combobox', { name: '언어' }).selectOption('English');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Settings');
  await expect(bulkhead.tab('Alpha')).toBeVisible();
  await alpha.expectUnharmed();
});

test('the chosen memory limit applies at once', async ({ launch, pages }) => {
  const bulkhead = await launch([
    'bulkhead://settings',
    pages.html('Large', '<script>kept = new Uint8Array(200_000 * 1024).fill(1)</script>'),
  ]);
  const page = await settingsOf(bulkhead);
  await bulkhead.activate('Large');
  await bulkhead.pidOfTab('Large');
  await bulkhead.activate('Settings');
  await page.getByRole('combobox', { name: 'Memory limit of a tab' }).selectOption('128 MiB');
  await expect(bulkhead.tab('Large')).toHaveAttribute('title', /Its process has ended/);
  await bulkhead.activate('Large');
  await expect(bulkhead.insteadOfPage).toContainText('This tab ran out of memory');
});

test('the tabs of the last session open at the start if the user wants that', async ({ launch, pages, folder }) => {
  const profile = path.join(folder, 'session');
  const first = await launch(['bulkhead://settings', pages.counter('Alpha')], { profile });
  await expect(first.tab('Alpha')).toBeVisible();
  await (await settingsOf(first)).getByRole('checkbox', { name: /Open the tabs of the last session/ }).check();
  await expect
    .poll(() => readFile(path.join(profile, 'settings.json'), 'utf8').catch(() => ''))
    .toContain('"openLastSession": true');
  await first.application.close();
  const second = await launch([], { profile });
  await expect(second.tabs).toHaveText([/Settings/, /Alpha/]);
  await (await settingsOf(second)).getByRole('checkbox', { name: /Open the tabs of the last session/ }).uncheck();
  await expect.poll(() => readFile(path.join(profile, 'settings.json'), 'utf8')).toContain('"openLastSession": false');
  await second.application.close();
  const third = await launch([], { profile });
  await expect(third.tabs).toHaveText([/New tab/]);
});

test('no crash report is kept while the user has switched them off', async ({ launch, pages }) => {
  const bulkhead = await launch(['bulkhead://settings', pages.counter('Alpha')]);
  const page = await settingsOf(bulkhead);
  await page.getByRole('checkbox', { name: 'Keep crash reports' }).uncheck();
  const crash = async () => {
    await bulkhead.activate('Alpha');
    process.kill(await bulkhead.pidOfTab('Alpha'), 'SIGKILL');
    await expect(bulkhead.insteadOfPage).toBeVisible();
    await bulkhead.insteadOfPage.getByRole('button', { name: 'Reload' }).click();
    await expect(bulkhead.insteadOfPage).toHaveCount(0);
    await bulkhead.activate('Settings');
  };
  await crash();
  await page.getByRole('checkbox', { name: 'Keep crash reports' }).check();
  await crash();
  await page.getByRole('link', { name: 'Keep crash reports: Show what is kept' }).click();
  const reports = await bulkhead.page('bulkhead://crashes');
  await expect(reports.locator('tr[data-report]')).toHaveCount(1);
});

test('a damaged settings file is replaced by the defaults, and the page says so', async ({ launch, folder }) => {
  const profile = path.join(folder, 'damaged');
  await mkdir(profile);
  await writeFile(path.join(profile, 'settings.json'), '{"theme":"da');
  const bulkhead = await launch(['bulkhead://settings'], { profile });
  const page = await settingsOf(bulkhead);
  await expect(page.getByRole('alert')).toContainText('could not be read');
  await expect(page.getByRole('combobox', { name: 'Theme' })).toHaveValue('system');
  await page.getByRole('combobox', { name: 'Theme' }).selectOption('light');
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect(await readFile(path.join(profile, 'settings.json.unread'), 'utf8')).toBe('{"theme":"da');
});

test('the sites that may open pop-ups are listed, and each can be removed by keyboard', async ({
  launch,
  pages,
  folder,
}, testInfo) => {
  const profile = path.join(folder, 'popups');
  await mkdir(profile);
  const file = path.join(profile, 'popup-sites.json');
  const allowed = [`https://${'a-long-label.'.repeat(6)}example`, 'https://xn--hu5b15w.example', pages.origin];
  await writeFile(file, JSON.stringify({ allowed }));
  const opener = pages.html('Opener', `<script>onload = () => window.open('/popped-' + Math.random())</script>`);
  const bulkhead = await launch(['bulkhead://settings', opener], { profile });
  const page = await settingsOf(bulkhead);
  const list = page.getByRole('list', { name: 'Sites that may open pop-ups' });
  await expect(list.getByRole('listitem')).toHaveCount(3);
  await bulkhead.activate('Settings');
  await bulkhead.application.evaluate(({ BaseWindow }) =>
    BaseWindow.getAllWindows()
      .find((each) => each.isVisible())
      ?.setContentSize(400, 700),
  );
  await expect.poll(() => page.evaluate(() => innerWidth)).toBeLessThan(420);
  await pictureOfWindow(bulkhead, testInfo.outputPath('settings-popups.png'));
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(
    0,
  );
  const opened = () => bulkhead.application.windows().filter((each) => each.url().includes('/popped-')).length;
  await expect.poll(opened).toBe(1);
  await list.getByRole('button', { name: `Remove ${pages.origin}` }).focus();
  await page.keyboard.press('Enter');
  // The keyboard focus moves to the next one.
  await expect(list.getByRole('button').first()).toBeFocused();
  await expect(list.getByRole('listitem')).toHaveCount(2);
  // The site is blocked again at once.
  const before = opened();
  await (await bulkhead.page(opener)).reload();
  await bulkhead.activate('Opener');
  await expect(bulkhead.shell.getByText('1 pop-up blocked')).toBeVisible();
  expect(opened()).toBe(before);
  // A site that is allowed elsewhere appears here at once.
  await bulkhead.button(`Allow pop-ups of ${new URL(pages.origin).host}`).click();
  await bulkhead.activate('Settings');
  await expect(list.getByRole('listitem')).toHaveCount(3);
  for (let left = 3; left > 0; left--) {
    await list.getByRole('button').last().focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: /^Remove/ })).toHaveCount(left - 1);
  }
  await expect(
    page.getByText('When a pop-up is blocked, the bar above the page lets you allow its site.'),
  ).toBeVisible();
  await expect(page.getByRole('group', { name: 'Sites that may open pop-ups' })).toBeFocused();
  await expect.poll(async () => JSON.parse(await readFile(file, 'utf8')).allowed).toEqual([]);
});
