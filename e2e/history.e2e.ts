import { expect, test } from './test.ts';

test('Back and Forward go through the history of the tab, and Reload loads the page again', async ({
  launch,
  pages,
}) => {
  const beta = pages.counter('Beta');
  const alpha = pages.html('Alpha', `<a href="${beta}">on</a>`);
  const bulkhead = await launch([alpha]);
  await expect(bulkhead.tab('Alpha')).toBeVisible();
  await expect(bulkhead.button('Back')).toBeDisabled();
  await expect(bulkhead.button('Forward')).toBeDisabled();

  await (await bulkhead.page(alpha)).getByRole('link', { name: 'on' }).click();
  await expect(bulkhead.tab('Beta')).toBeVisible();
  await bulkhead.button('Back').click();
  await expect(bulkhead.tab('Alpha')).toBeVisible();
  await expect(bulkhead.address).toHaveValue(alpha);
  await expect(bulkhead.button('Back')).toBeDisabled();
  await bulkhead.button('Forward').click();
  await expect(bulkhead.tab('Beta')).toBeVisible();
  await expect(bulkhead.button('Forward')).toBeDisabled();

  const page = await bulkhead.page(beta);
  await page.getByLabel('Note').fill('typed before');
  await bulkhead.toolbar.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByLabel('Note')).toHaveValue('');
  await expect(bulkhead.tab('Beta')).toBeVisible();
});
