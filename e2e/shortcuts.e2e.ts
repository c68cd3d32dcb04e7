import { expect, test } from './test.ts';

const shell = 'bulkhead://shell';

test('the keyboard opens, closes and changes tabs, whether the page or the shell has the focus', async ({
  launch,
  pages,
}) => {
  const alpha = pages.counter('Alpha');
  const beta = pages.counter('Beta');
  const bulkhead = await launch([alpha, beta]);
  await expect(bulkhead.tabs).toHaveText([/Alpha/, /Beta/]);
  const expectShown = (title: string) => expect(bulkhead.tab(title)).toHaveAttribute('aria-selected', 'true');

  for (const focused of [alpha, shell]) {
    await bulkhead.press(focused, 'Tab', 'control');
    await expectShown('Beta');
    // Without a focus, no further key would be handled.
    await expect.poll(() => bulkhead.focused()).toMatch(beta);
    await bulkhead.press(beta, 'Tab', 'control');
    await expectShown('Alpha');
    await bulkhead.press(focused, 'Tab', 'control', 'shift');
    await expectShown('Beta');
    await bulkhead.press(shell, '1', 'control');
    await expectShown('Alpha');

    await bulkhead.press(focused, 'T', 'control');
    await expect(bulkhead.tabs).toHaveText([/Alpha/, /Beta/, /New tab/]);
    await expectShown('New tab');
    await expect(bulkhead.address).toBeFocused();
    // Also when its page has committed, which then gets Electron's focus: typed text is an address.
    await expect((await bulkhead.page('bulkhead://newtab')).getByRole('heading').first()).toBeVisible();
    await expect.poll(() => bulkhead.focused()).toMatch(shell);
    await bulkhead.press('bulkhead://newtab', 'W', 'control');
    await expect(bulkhead.tabs).toHaveText([/Alpha/, /Beta/]);
    await expectShown('Beta');
    await bulkhead.press(shell, '1', 'control');
    await expectShown('Alpha');
  }
});

test('the keyboard reaches the address bar, the history, reload and the process list', async ({ launch, pages }) => {
  const alpha = pages.counter('Alpha');
  const beta = pages.counter('Beta');
  const bulkhead = await launch([alpha]);
  await expect(bulkhead.tab('Alpha')).toBeVisible();

  await bulkhead.press(alpha, 'L', 'control');
  await expect(bulkhead.address).toBeFocused();
  const selection = () => bulkhead.shell.evaluate(() => String(getSelection()));
  await expect.poll(selection).toBe(alpha);

  await bulkhead.go(beta);
  await expect(bulkhead.tab('Beta')).toBeVisible();
  await bulkhead.press(beta, 'Left', 'alt');
  await expect(bulkhead.tab('Alpha')).toBeVisible();
  await bulkhead.press(alpha, 'Right', 'alt');
  await expect(bulkhead.tab('Beta')).toBeVisible();

  const page = await bulkhead.page(beta);
  for (const [key, ...modifiers] of [['R', 'control'], ['F5']] as const) {
    await page.getByLabel('Note').fill('typed before');
    await bulkhead.press(beta, key, ...modifiers);
    await expect(page.getByLabel('Note')).toHaveValue('');
  }
  await bulkhead.press(beta, 'Escape', 'shift');
  await expect(bulkhead.tab('Processes')).toHaveAttribute('aria-selected', 'true');
});

test('a page that hangs cannot keep the keyboard from leaving or closing it', async ({ launch, pages }) => {
  const hung = pages.html(
    'Hung',
    '<script>onload = () => setTimeout(() => { document.title = "Hangs"; setTimeout(() => { for (;;); }) })</script>',
  );
  const bulkhead = await launch([hung]);
  await expect(bulkhead.tab('Hangs')).toBeVisible();
  await bulkhead.press(hung, 'T', 'control');
  await expect(bulkhead.tab('New tab')).toHaveAttribute('aria-selected', 'true');
  await bulkhead.press(shell, '1', 'control');
  await expect(bulkhead.tab('Hangs')).toHaveAttribute('aria-selected', 'true');
  await bulkhead.press(hung, 'W', 'control');
  await expect(bulkhead.tabs).toHaveText([/New tab/]);
});
