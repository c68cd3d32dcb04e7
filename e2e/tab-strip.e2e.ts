import { expect, test } from './test.ts';

test('the window has a tab strip, navigation buttons and an address bar, with the names that other tests use', async ({
  launch,
  pages,
}) => {
  const bulkhead = await launch([pages.counter('Alpha'), pages.counter('Beta')]);
  const { shell } = bulkhead;
  await expect(bulkhead.tabs).toHaveText([/Alpha/, /Beta/]);
  await expect(bulkhead.tab('Alpha')).toHaveAttribute('aria-selected', 'true');
  await expect(bulkhead.tab('Beta')).toHaveAttribute('aria-selected', 'false');
  for (const name of ['New tab', 'Back', 'Forward', 'Reload']) await expect(bulkhead.button(name)).toHaveCount(1);
  await expect(bulkhead.button('Close tab')).toHaveCount(2);
  await expect(bulkhead.address).toHaveValue(`${pages.origin}/Alpha`);
  await expect(shell).toHaveTitle('Alpha – Bulkhead');
  // The tests run on an old version of Electron, and the window says so.
  await expect(bulkhead.statusBar).toContainText('not for the open web');
});

test('tabs open, switch and close by pointer, and the window closes with the last of them', async ({
  launch,
  pages,
}) => {
  const bulkhead = await launch([pages.counter('Alpha')]);
  await bulkhead.button('New tab').click();
  await expect(bulkhead.tab('New tab')).toHaveAttribute('aria-selected', 'true');
  await expect(bulkhead.address).toHaveValue('');
  await bulkhead.open(pages.counter('Beta'));
  await expect(bulkhead.tabs).toHaveText([/Alpha/, /New tab/, /Beta/]);

  await bulkhead.activate('Alpha');
  await expect(bulkhead.address).toHaveValue(`${pages.origin}/Alpha`);

  // The tab in the place of the closed one becomes active.
  await (await bulkhead.closeButton('Alpha')).click();
  await expect(bulkhead.tabs).toHaveText([/New tab/, /Beta/]);
  await expect(bulkhead.tab('New tab')).toHaveAttribute('aria-selected', 'true');
  await bulkhead.tab('Beta').click({ button: 'middle' });
  await expect(bulkhead.tabs).toHaveCount(1);

  const closed = bulkhead.application.waitForEvent('close');
  await bulkhead.button('Close tab').click();
  await closed;
});
