import { expect, test } from './test.ts';
import { Witness } from './witness.ts';

test('two clicks break a tab, a hang is reported and ended by hand, and no other tab is harmed', async ({
  share,
  pages,
}) => {
  const bulkhead = await share([pages.counter('Victim'), pages.counter('Alpha')]);
  const alpha = await Witness.of(bulkhead, 'Alpha', `${pages.origin}/Alpha`);
  const pid = await bulkhead.pidOfTab('Victim');
  await bulkhead.activate('Victim');

  await bulkhead.button('Break this tab').click();
  const menu = bulkhead.shell.getByRole('menu', { name: 'Break this tab' });
  await expect(menu.getByRole('menuitem', { name: 'Endless loop', exact: true })).toBeVisible();
  await menu.locator('[data-fault="tab-endless-loop"]').click();
  await expect(menu).toBeHidden();

  const dialog = bulkhead.shell.getByRole('alertdialog', { name: 'Victim does not answer' });
  await expect(dialog).toContainText(`Its process (${pid}) is busy`);
  await expect(bulkhead.tab('Victim')).toHaveAttribute('title', /Does not answer/);
  await dialog.getByRole('button', { name: 'End process' }).click();
  await expect(bulkhead.insteadOfPage).toContainText('This tab stopped answering and was ended');
  await expect(dialog).toHaveCount(0);
  await expect(bulkhead.insteadOfPage).toContainText('The other tab was watched');
  await alpha.expectUnharmed();
});

test('a stopped tab is told from a busy one, and its dialog closes by itself when the tab continues', async ({
  share,
  pages,
}) => {
  const bulkhead = await share([pages.counter('Victim'), pages.counter('Alpha')]);
  await bulkhead.activate('Victim');
  const pid = await bulkhead.pidOfTab('Victim');
  process.kill(pid, 'SIGSTOP');
  const dialog = bulkhead.shell.getByRole('alertdialog', { name: 'Victim is stopped' });
  await expect(dialog).toBeVisible();
  process.kill(pid, 'SIGCONT');
  await expect(dialog).toHaveCount(0);
  await expect(bulkhead.statusBar).toContainText(`PID ${pid} answers`);

  process.kill(pid, 'SIGSTOP');
  await dialog.getByRole('button', { name: 'End process' }).click();
  await expect(bulkhead.insteadOfPage).toContainText('This tab stopped answering and was ended');
  // For a dead process only its end is shown.
  await expect(bulkhead.tab('Victim')).toHaveAttribute('title', /Its process has ended/);
  await expect(bulkhead.tab('Victim')).not.toHaveAttribute('title', /Stopped by the system/);
});

test('typed text and open tabs are back after the shell itself has crashed', async ({ launch, pages }) => {
  const bulkhead = await launch([pages.counter('Alpha')]);
  await bulkhead.pidOfPlugin();
  await bulkhead.go('bulkhead://plugin-kill');
  await bulkhead.go('bulkhead://networkkill');
  await bulkhead.button('1 more').click();
  await expect(bulkhead.shell.getByRole('dialog', { name: 'Notices' })).toBeVisible();
  await bulkhead.address.fill('half an addr');
  await expect(bulkhead.address).toHaveValue('half an addr');
  const before = await bulkhead.pidOfShell();
  process.kill(before, 'SIGKILL');
  await expect.poll(() => bulkhead.pidOfShell()).not.toBe(before);
  await expect
    .poll(() => bulkhead.askShell(`document.querySelector('[role=combobox]')?.value ?? null`))
    .toBe('half an addr');
  await expect
    .poll(() => bulkhead.askShell(`document.querySelector('[role=dialog]:popover-open')?.ariaLabel`))
    .toBe('Notices');
});
