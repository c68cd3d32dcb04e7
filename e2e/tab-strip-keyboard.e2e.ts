import { expect, test } from './test.ts';

test('arrow keys move through the tab strip, and the Tab key passes it in one step', async ({ launch, pages }) => {
  const bulkhead = await launch([pages.counter('Alpha'), pages.counter('Beta'), pages.counter('Gamma')]);
  const { shell } = bulkhead;
  const press = (key: string) => shell.keyboard.press(key);
  await expect(bulkhead.tabs).toHaveText([/Alpha/, /Beta/, /Gamma/]);
  await bulkhead.tab('Alpha').focus();

  // Arrow keys move the focus around the ends and activate nothing.
  await press('ArrowLeft');
  await expect(bulkhead.tab('Gamma')).toBeFocused();
  await press('ArrowRight');
  await press('ArrowRight');
  await expect(bulkhead.tab('Beta')).toBeFocused();
  await press('End');
  await expect(bulkhead.tab('Gamma')).toBeFocused();
  await press('Home');
  await press('ArrowRight');
  await expect(bulkhead.tab('Alpha')).toHaveAttribute('aria-selected', 'true');

  await press('Enter');
  await expect(bulkhead.tab('Beta')).toHaveAttribute('aria-selected', 'true');

  // The whole strip is one tab stop, at the active tab.
  await press('Tab');
  await expect(bulkhead.button('New tab')).toBeFocused();
  await press('Shift+Tab');
  await expect(bulkhead.tab('Beta')).toBeFocused();

  await press('Delete');
  await expect(bulkhead.tabs).toHaveText([/Alpha/, /Gamma/]);
  await expect(bulkhead.tab('Gamma')).toBeFocused();
});
