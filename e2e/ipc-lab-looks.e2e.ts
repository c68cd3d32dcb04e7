import { AxeBuilder } from '@axe-core/playwright';
import { pictureOfWindow } from './screen.ts';
import { expect, test } from './test.ts';

for (const theme of ['light', 'dark'] as const) {
  test(`no page of the lab has a known accessibility problem, ${theme}`, async ({ launch }, testInfo) => {
    const bulkhead = await launch(['bulkhead://ipc-lab/'], { theme });
    const page = await bulkhead.page('bulkhead://ipc-lab');
    const violations = async () => {
      const found = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
      return found.violations.map(({ id, nodes }) => ({
        id,
        where: nodes.map(({ html, failureSummary }) => `${html.slice(0, 200)}: ${failureSummary}`),
      }));
    };
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await violations(), 'list').toEqual([]);
    // One with each kind of figure.
    for (const id of ['bounded-buffer', 'mailboxes', 'shared-memory', 'chrome', 'comparison?seconds=2&span=small']) {
      await bulkhead.go(`bulkhead://ipc-lab/${id}`);
      await expect(bulkhead.address).toHaveValue(new RegExp(`/${id.split('?')[0]}`));
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible({ timeout: 60_000 });
      await page.getByText(/^Events \(\d+\)/).click();
      await pictureOfWindow(bulkhead, testInfo.outputPath(`${id.split('?')[0]}.png`));
      expect(await violations(), id).toEqual([]);
    }
  });
}

test('a comparison is saved as a table, and the next run is drawn over it', async ({ launch }) => {
  const bulkhead = await launch(['bulkhead://ipc-lab/comparison?seconds=2&span=small']);
  const page = await bulkhead.page('bulkhead://ipc-lab');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible({ timeout: 60_000 });
  const saved = page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const make = URL.createObjectURL.bind(URL);
        URL.createObjectURL = (blob: Blob) => {
          void blob.text().then(resolve);
          return make(blob);
        };
      }),
  );
  await page.getByRole('button', { name: 'CSV' }).click();
  const lines = (await saved).trim().split('\r\n');
  expect(lines[0]).toBe('chart,series,x,x unit,y,y unit');
  expect(lines.length).toBeGreaterThan(20);
  await page.getByRole('button', { name: 'Run again' }).click();
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible({ timeout: 60_000 });
  const over = page.getByLabel('Lay over').first();
  await over.selectOption({ index: 1 });
  await expect(page.getByText(/pipe, earlier/).first()).toBeVisible();
});
