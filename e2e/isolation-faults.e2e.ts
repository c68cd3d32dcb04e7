import { expect, test } from './test.ts';
import { Witness } from './witness.ts';

/** Faults that end their tab, by their typed address, and the text on the sad tab. */
const faults = [
  ['bulkhead://kill', "This tab's process was killed", 'SIGKILL'],
  ['bulkhead://terminate', "This tab's process was killed", 'SIGTERM'],
  ['bulkhead://abort', "This tab's process was killed", 'SIGABRT'],
  ['bulkhead://crash', 'This tab crashed', 'SIGSEGV'],
  ['chrome://crash', 'This tab crashed', 'SIGSEGV'],
  ['bulkhead://tab-message-flood', 'This tab was ended for a bad message', 'SIGKILL'],
  ['bulkhead://tab-malformed-message', 'This tab was ended for a bad message', 'SIGKILL'],
  ['bulkhead://tab-reload-loop', 'This tab loaded itself again and again', 'SIGKILL'],
] as const;

test('each fault that ends a tab is caused by its address, is described, and harms no other tab', async ({
  share,
  pages,
}) => {
  const bulkhead = await share([pages.counter('Victim'), pages.counter('Alpha')]);
  const witness = await Witness.of(bulkhead, 'Alpha', `${pages.origin}/Alpha`);
  for (const [address, title, signal] of faults) {
    await test.step(address, async () => {
      await bulkhead.activate('Victim');
      const pid = await bulkhead.pidOfTab('Victim');
      await bulkhead.go(address);
      await expect(bulkhead.insteadOfPage).toContainText(title);
      await expect(bulkhead.insteadOfPage).toContainText(signal);
      await expect(bulkhead.insteadOfPage).toContainText(String(pid));
      await expect(bulkhead.insteadOfPage).toContainText('The other tab was watched');
      // The address of a fault is not in the history.
      await bulkhead.insteadOfPage.getByRole('button', { name: 'Reload' }).click();
      await expect(bulkhead.insteadOfPage).toHaveCount(0);
      await expect(bulkhead.address).toHaveValue(`${pages.origin}/Victim`);
      expect(await bulkhead.pidOfTab('Victim')).not.toBe(pid);
    });
  }
  await witness.expectUnharmed();
});

test('faults that a page survives leave its process and its port unchanged', async ({ share, pages }) => {
  const bulkhead = await share([pages.counter('Victim')]);
  const witness = await Witness.of(bulkhead, 'Victim', `${pages.origin}/Victim`);
  for (const fault of ['tab-stack-overflow', 'tab-endless-loop-in-worker', 'tab-closed-port']) {
    await bulkhead.go(`bulkhead://${fault}`);
    await expect(bulkhead.address).toHaveValue(`${pages.origin}/Victim`);
  }
  await witness.expectUnharmed();
});

test('two clicks break a tab', async ({ share, pages }) => {
  const bulkhead = await share([pages.counter('Victim')]);
  await bulkhead.pidOfTab('Victim');
  await bulkhead.button('Break this tab').click();
  await bulkhead.shell.locator('[data-fault="tab-segmentation-fault"]').click();
  await expect(bulkhead.insteadOfPage).toContainText('This tab crashed');

  // A tab that is already broken, and a page that cannot be broken, say so.
  for (const address of ['bulkhead://kill', 'chrome://kill']) {
    await bulkhead.go(address);
    await expect(bulkhead.notice).toContainText('This could not be caused');
    await bulkhead.dismissNotice();
  }
  await bulkhead.button('New tab').click();
  await bulkhead.pidOfTab('New tab');
  await bulkhead.button('Break this tab').click();
  await bulkhead.shell.locator('[data-fault="tab-endless-loop-in-worker"]').click();
  await expect(bulkhead.notice).toContainText('This could not be caused');
});

test('a page cannot cause a fault by navigation', async ({ share, pages }) => {
  const links = ['bulkhead://crash', 'chrome://kill', 'bulkhead://hang']
    .map((address, index) => `<a id="link${index}" href="${address}">${address}</a>`)
    .join(' ');
  const bulkhead = await share([pages.html('Links', links)]);
  const page = await bulkhead.page(`${pages.origin}/Links`);
  const pid = await bulkhead.pidOfTab('Links');
  for (const index of [0, 1, 2]) await page.evaluate((id) => document.getElementById(id)?.click(), `link${index}`);
  await page.evaluate(() => {
    location.href = 'bulkhead://crash';
  });
  expect(await page.evaluate(() => document.title)).toBe('Links');
  expect(await bulkhead.pidOfTab('Links')).toBe(pid);
  await expect(bulkhead.insteadOfPage).toHaveCount(0);
});
