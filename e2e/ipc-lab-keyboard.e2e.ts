import type { Locator, Page } from '@playwright/test';
import { expect, test } from './test.ts';

/** More than the number of tab stops before any target of the lab's pages. */
const mostStops = 120;

/** Presses the Tab key, as a user without a mouse does, until this element has the focus. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(target).toBeVisible();
  for (let stop = 0; stop < mostStops; stop++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${target} is not reached by ${key}`);
}

test('a lesson is chosen, predicted, run, stepped and read by keyboard alone, in Korean, in a window 400 px wide', async ({
  launch,
}) => {
  const bulkhead = await launch(['bulkhead://newtab'], { switches: ['--lang=ko'] });
  await bulkhead.application.evaluate(({ BaseWindow }) =>
    BaseWindow.getAllWindows()
      .find((each) => each.isVisible())
      ?.setContentSize(400, 760),
  );
  const address = bulkhead.shell.getByRole('combobox', { name: '주소 및 검색' });
  await bulkhead.press('bulkhead://newtab', 'L', 'control');
  await expect(address).toBeFocused();
  await bulkhead.shell.keyboard.type('bulkhead://ipc-lab/');
  await bulkhead.shell.keyboard.press('Enter');
  const page = await bulkhead.page('bulkhead://ipc-lab');
  const { keyboard } = page;
  await expect.poll(() => page.evaluate(() => innerWidth)).toBeLessThanOrEqual(400);

  await tabTo(page, page.getByRole('link', { name: /^유한 버퍼/ }));
  await keyboard.press('Enter');
  await expect(address).toHaveValue('bulkhead://ipc-lab/bounded-buffer');

  // The second answer is the lesson's claim.
  await tabTo(page, page.getByRole('radio', { name: 'n개 모두' }));
  await keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: 'n − 1개' })).toBeChecked();
  await tabTo(page, page.getByRole('spinbutton', { name: '칸 수 (n)' }));
  await keyboard.press('Control+A');
  await keyboard.type('3');
  await tabTo(page, page.getByRole('combobox', { name: '속도' }));
  await keyboard.press('End');
  await expect(address).toHaveValue('bulkhead://ipc-lab/bounded-buffer?n=3&pace=step');
  await tabTo(page, page.getByRole('button', { name: '실행', exact: true }));
  await keyboard.press('Enter');

  // Both processes wait at a line. Each press lets them continue to their next one.
  const at = page.locator('[aria-current="step"]');
  await expect(at).toHaveText([/sleep\(producerMs\)/, /waitWhile/]);
  const next = page.getByRole('button', { name: '모두 다음 줄로' });
  await tabTo(page, next);
  await keyboard.press('Enter');
  await expect(at.first()).toContainText("'while (((in + 1) % n) == out) ;'");
  await expect(next).toBeFocused(); // for the next press: the user need not find the button again
  await keyboard.press('Enter');
  await expect(at.first()).toContainText('= nextProduced');

  await tabTo(page, page.getByRole('combobox', { name: '속도' }), 'Shift+Tab');
  await keyboard.press('Home');
  const outcome = page.getByRole('main').getByRole('status');
  await expect(outcome).toContainText('최대 2개가 들어갔다. 3칸 중 한 칸은 늘 비워 둔다.');
  await expect(outcome).toContainText('예측이 맞았습니다.');
  await tabTo(page, page.getByRole('button', { name: '다시 실행' }));
  // Nothing is cut off, or needs horizontal scrolling.
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);

  // A link contains its settings and its pace.
  await bulkhead.press('bulkhead://ipc-lab', 'L', 'control');
  await expect(address).toBeFocused();
  await bulkhead.shell.keyboard.type('bulkhead://ipc-lab/bounded-buffer?n=4&producers=2&pace=slow');
  await bulkhead.shell.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('생산자가 둘이면');
  await expect(page.getByRole('spinbutton', { name: '칸 수 (n)' })).toHaveValue('4');
  await expect(page.getByRole('combobox', { name: '속도' })).toHaveValue('slow');
});
