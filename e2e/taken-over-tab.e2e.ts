import { withTakenOverTabs } from './application-copy.ts';
import { expect, test } from './test.ts';
import { Witness } from './witness.ts';

const ways = [
  ...['send', 'greet-with-words', 'invoke', 'ask-at-once', 'post-a-message', 'post-a-port'],
  ...['speak-to-a-host', 'send-an-error', 'close-the-window', 'read-the-clipboard', 'make-a-guest'],
];

test('a tab that sends anything outside its port, in any way, is ended, and no other tab is harmed', async ({
  launch,
  pages,
  folder,
}) => {
  test.setTimeout(120_000);
  const app = await withTakenOverTabs('taken-over-tab.js', folder);
  const victim = pages.html('Victim', '<p>taken over</p>');
  const bulkhead = await launch([pages.counter('Alpha'), 'bulkhead://newtab'], { app });
  const witness = await Witness.of(bulkhead, 'Alpha', `${pages.origin}/Alpha`);
  for (const way of ways) {
    await test.step(way, async () => {
      const address = `${victim}#${way}`;
      await bulkhead.open(address);
      await expect(bulkhead.tab('Victim')).toBeVisible();
      const pid = await bulkhead.pidOfTab('Victim');
      const page = await bulkhead.page(address);
      // Its process may end before it has answered Playwright.
      await page.evaluate(() => void setTimeout(() => postMessage('now')));
      await expect(bulkhead.insteadOfPage).toContainText('This tab was ended for a bad message');
      await expect(bulkhead.insteadOfPage).toContainText(`Process${pid}`);
      await (await bulkhead.closeButton('Victim')).click();
      await expect(bulkhead.tab('Victim')).toHaveCount(0);
    });
  }
  await witness.expectUnharmed();
});
