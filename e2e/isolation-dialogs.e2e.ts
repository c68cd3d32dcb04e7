import type { Page } from '@playwright/test';
import { expect, test } from './test.ts';

/** Without a listener, Playwright would answer a page's questions itself before they are shown. */
const leaveQuestionsOpen = (page: Page) => void page.on('dialog', () => undefined);

test("a page's questions are shown in the window, and answered there", async ({ launch, pages }) => {
  const bulkhead = await launch([
    pages.html('Asking', `<button onclick="document.title = confirm('Really?') ? 'Yes' : 'No'">Ask</button>`),
  ]);
  const page = await bulkhead.page(`${pages.origin}/Asking`);
  leaveQuestionsOpen(page);
  const ask = async () => {
    // The page is blocked until it is answered, so nothing waits for the click.
    void page.evaluate(() => setTimeout(() => document.querySelector('button')?.click()));
  };
  const dialog = bulkhead.shell.getByRole('alertdialog');
  await ask();
  await expect(dialog).toContainText('Really?');
  await dialog.getByRole('button', { name: 'OK' }).click();
  await expect(bulkhead.tab('Yes')).toBeVisible();
  // The page has the keyboard focus again.
  await expect.poll(() => bulkhead.focused()).toBe(`${pages.origin}/Asking`);
  await ask();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(bulkhead.tab('No')).toBeVisible();
  await expect(dialog).toHaveCount(0);
});

test('a page that asks endlessly can be silenced, and then ended', async ({ launch, pages }) => {
  const bulkhead = await launch([pages.counter('Victim'), pages.counter('Alpha')]);
  await bulkhead.pidOfTab('Victim');
  leaveQuestionsOpen(await bulkhead.page(`${pages.origin}/Victim`));
  await bulkhead.go('bulkhead://alert');
  const question = bulkhead.shell.getByRole('alertdialog', { name: /says/ });
  await expect(question).toContainText('time 1');
  // It waits for the user, and that is not a hang, however long it takes. Other tabs can be used meanwhile.
  await expect(bulkhead.tab('Victim')).toHaveAttribute('title', /Waits for an answer/);
  await expect(bulkhead.statusBar).toContainText('waits for an answer');
  await bulkhead.activate('Alpha');
  await expect(question).toHaveCount(0);
  await bulkhead.activate('Victim');
  await question.getByRole('button', { name: 'OK' }).click();
  await expect(question).toContainText('time 2');
  await question.getByLabel('No more dialogs from this page').check();
  await question.getByRole('button', { name: 'OK' }).click();
  const hang = bulkhead.shell.getByRole('alertdialog', { name: 'Victim does not answer' });
  await hang.getByRole('button', { name: 'End process' }).click();
  await expect(bulkhead.insteadOfPage).toContainText('This tab stopped answering and was ended');

  // A page that asks once, and hangs as soon as it has its answer.
  await bulkhead.activate('Alpha');
  leaveQuestionsOpen(await bulkhead.page(`${pages.origin}/Alpha`));
  await bulkhead.go('bulkhead://tab-endless-loop-after-dialog');
  await question.getByRole('button', { name: 'OK' }).click();
  const hangNext = bulkhead.shell.getByRole('alertdialog', { name: 'Alpha does not answer' });
  await hangNext.getByRole('button', { name: 'End process' }).click();
  await expect(bulkhead.insteadOfPage).toContainText('This tab stopped answering and was ended');
});
