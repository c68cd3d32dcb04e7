import type { Bulkhead } from './bulkhead.ts';
import { colourOnScreen, pictureOfWindow } from './screen.ts';
import { expect, test } from './test.ts';

/** Lightness of an element's background, from 0 to 255. */
const lightnessOf = (bulkhead: Bulkhead, selector: string) =>
  bulkhead.shell.locator(selector).evaluate((element) => {
    const context = new OffscreenCanvas(1, 1).getContext('2d')!;
    context.fillStyle = getComputedStyle(element).backgroundColor;
    context.fillRect(0, 0, 1, 1);
    return Math.max(...context.getImageData(0, 0, 1, 1).data.subarray(0, 3));
  });

for (const theme of ['light', 'dark'] as const) {
  test(`the window is ${theme} when the system is`, async ({ launch }, testInfo) => {
    const bulkhead = await launch(['bulkhead://newtab', 'bulkhead://processes'], { theme });
    const check = (lightness: number) => (theme === 'light' ? lightness > 200 : lightness < 60);
    await expect.poll(async () => check(await lightnessOf(bulkhead, 'header'))).toBe(true);
    await pictureOfWindow(bulkhead, testInfo.outputPath(`${theme}-start.png`));
    await bulkhead.activate('Processes');
    await expect((await bulkhead.page('bulkhead://processes')).getByRole('row')).not.toHaveCount(0);
    await pictureOfWindow(bulkhead, testInfo.outputPath(`${theme}-processes.png`));
    await bulkhead.button('Kill this tab').click();
    await expect(bulkhead.insteadOfPage).toBeVisible();
    await expect.poll(async () => check(await lightnessOf(bulkhead, '#page'))).toBe(true);
    await pictureOfWindow(bulkhead, testInfo.outputPath(`${theme}-sad-tab.png`));
  });
}

test('a page without its own colours is white, even if the system is dark', async ({ launch, pages }) => {
  const bulkhead = await launch([pages.html('Plain', 'plain')], { theme: 'dark' });
  await expect.poll(() => colourOnScreen(bulkhead, 0.5, 0.5)).toEqual([255, 255, 255]);
  await bulkhead.open(pages.html('Other', 'other'));
  await expect.poll(() => colourOnScreen(bulkhead, 0.5, 0.5)).toEqual([255, 255, 255]);
});

test('the whole interface is in Korean when the system is', async ({ launch, pages }, testInfo) => {
  const bulkhead = await launch([pages.counter('Alpha'), 'bulkhead://newtab', 'bulkhead://processes'], {
    switches: ['--lang=ko'],
  });
  const { shell } = bulkhead;
  await expect(shell.locator('html')).toHaveAttribute('lang', 'ko');
  const tabs = shell.getByRole('tablist', { name: '탭' }).getByRole('tab');
  await expect(tabs).toHaveText([/Alpha/, /새 탭/, /프로세스/]);
  for (const name of ['새 탭', '뒤로', '앞으로', '새로고침', '이 탭 강제 종료']) {
    await expect(shell.getByRole('button', { name, exact: true })).toHaveCount(1);
  }
  await expect(shell.getByRole('combobox', { name: '주소 및 검색' })).toBeVisible();
  await expect(shell.getByRole('region', { name: '시스템에서 본 모습' })).toContainText('응답함');
  await shell.getByRole('button', { name: '이 탭 강제 종료' }).click();
  await expect(shell.getByRole('tabpanel').getByRole('heading')).toHaveText('이 탭의 프로세스가 강제 종료되었습니다');
  await pictureOfWindow(bulkhead, testInfo.outputPath('korean-sad-tab.png'));

  await tabs.nth(1).click();
  const start = await bulkhead.page('bulkhead://newtab');
  await expect(start.getByRole('navigation', { name: 'Bulkhead 페이지' })).toBeVisible();
  await pictureOfWindow(bulkhead, testInfo.outputPath('korean-start.png'));
  await tabs.nth(2).click();
  const processes = await bulkhead.page('bulkhead://processes');
  await expect(processes.getByRole('heading', { level: 1 })).toHaveText('프로세스');
  await expect(processes.getByRole('button', { name: '프로세스 끝내기' })).not.toHaveCount(0);
  await pictureOfWindow(bulkhead, testInfo.outputPath('korean-processes.png'));
});
