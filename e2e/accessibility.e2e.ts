import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './test.ts';

/** Playwright cannot open a page of its own in this application, which the newer mode of axe needs. */
const violationsOf = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations.map(({ id, help, nodes }) => ({
    id,
    help,
    where: nodes.map(({ html, failureSummary }) => `${html}: ${failureSummary}`),
  }));
};

for (const theme of ['light', 'dark'] as const) {
  test(`no page of Bulkhead has a known accessibility problem, ${theme}`, async ({ launch, pages }) => {
    const refused = 'http://127.0.0.1:1/';
    const own = [
      'newtab',
      'no-such-page',
      'processes',
      'ports',
      'frames',
      'isolation',
      'crashes',
      'history',
      'settings',
    ];
    const addresses = own.map((host) => `bulkhead://${host}`);
    const bulkhead = await launch([refused, ...addresses, pages.counter('Alpha')], { theme });
    await expect(bulkhead.tabs).toHaveText([
      /127/,
      /New tab/,
      /No such page/,
      /Processes/,
      /Ports/,
      /Frames/,
      /Isolation/,
      /Crash reports/,
      /History/,
      /Settings/,
      /Alpha/,
    ]);
    // Each is checked while it is active: background pages are checked very slowly.
    for (const [index, address] of addresses.entries()) {
      await bulkhead.tabs.nth(index + 1).click();
      const page = await bulkhead.page(address);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      if (address.endsWith('processes')) await expect(page.getByRole('row')).not.toHaveCount(0);
      if (address.endsWith('ports')) {
        await page.locator('tr[data-contract="shell-host"]').getByRole('button').click();
        await page.getByRole('button', { name: 'Start' }).click();
        await expect(page.locator('tr[data-kind]')).not.toHaveCount(0);
      }
      if (address.endsWith('settings')) await expect(page.getByRole('checkbox')).not.toHaveCount(0);
      expect(await violationsOf(page), address).toEqual([]);
    }

    await bulkhead.activate('Alpha');
    await bulkhead.showFigures();
    await expect(bulkhead.plugin.getByRole('img')).toBeVisible();
    expect(await violationsOf(bulkhead.shell), 'shell').toEqual([]);
    await bulkhead.button('What the machine sees of this tab').click();
    expect(await violationsOf(bulkhead.shell), 'card').toEqual([]);
    await bulkhead.shell.keyboard.press('Escape');
    await bulkhead.button('Kill this tab').click();
    await expect(bulkhead.insteadOfPage).toBeVisible();
    expect(await violationsOf(bulkhead.shell), 'sad tab').toEqual([]);
    await bulkhead.tabs.nth(0).click();
    await expect(bulkhead.insteadOfPage).toContainText('could not be loaded');
    expect(await violationsOf(bulkhead.shell), 'failure').toEqual([]);
  });
}
