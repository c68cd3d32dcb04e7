import { expect, test } from './test.ts';

test('the plugin asks the tab itself for its scroll position, over a port of their own', async ({ launch, pages }) => {
  // The page keeps painting, so that the plugin keeps asking.
  const long = pages.html(
    'Long',
    `<style>
      body { width: 4000px; height: 4000px }
      div { position: fixed; width: 80px; height: 80px; background: teal; animation: turn 2s linear infinite }
      @keyframes turn { to { rotate: 1turn } }
    </style><div></div>`,
  );
  const bulkhead = await launch([long, pages.counter('Short')]);
  const page = await bulkhead.page(long);
  const card = bulkhead.shell.getByRole('dialog', { name: 'What the machine sees of this tab' });
  const scrolledTo = card
    .getByRole('term')
    .filter({ hasText: 'Scrolled to' })
    .locator('xpath=following-sibling::dd[1]');
  await bulkhead.pidOfPlugin();
  await bulkhead.button('What the machine sees of this tab').click();
  await expect(scrolledTo).toHaveText('0, 0');
  await page.evaluate(() => scrollTo(0, 1200));
  await expect(scrolledTo).toHaveText(/^0, 1,?200$/);
  await page.evaluate(() => scrollTo(300, 40));
  await expect(scrolledTo).toHaveText('300, 40');
  await bulkhead.shell.keyboard.press('Escape');

  // A new document has a new port.
  await page.reload();
  await page.evaluate(() => scrollTo(0, 77));
  await bulkhead.button('What the machine sees of this tab').click();
  await expect(scrolledTo).toHaveText('0, 77');
  await bulkhead.shell.keyboard.press('Escape');

  // Another tab has another port, and the plugin's successor gets one, too.
  await bulkhead.activate('Short');
  await bulkhead.activate('Long');
  process.kill(await bulkhead.pidOfPlugin(), 'SIGKILL');
  await expect(bulkhead.notice).toContainText('came back');
  await page.evaluate(() => scrollTo(0, 99));
  await bulkhead.button('What the machine sees of this tab').click();
  await expect(scrolledTo).toHaveText('0, 99');
});
