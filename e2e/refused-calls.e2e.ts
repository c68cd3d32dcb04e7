import { withPlugin } from './application-copy.ts';
import { repaint } from './repaint.ts';
import { expect, test } from './test.ts';
import { Witness } from './witness.ts';

test('forbidden calls of a plugin are counted and shown; a plugin that tries endlessly is ended', async ({
  launch,
  pages,
  folder,
}) => {
  test.skip(process.platform !== 'linux', 'elsewhere there is no list of system calls');
  const app = await withPlugin('restless-plugin.mjs', folder);
  const painted = pages.html('Painted', '<p>Painted</p>');
  const bulkhead = await launch(['bulkhead://processes', pages.counter('Alpha'), painted], { app });
  const witness = await Witness.of(bulkhead, 'Alpha', `${pages.origin}/Alpha`);
  const first = await bulkhead.pidOfPlugin();
  await bulkhead.showFigures();
  const refused = bulkhead.plugin.getByText('3 calls refused');
  await expect(refused).toBeVisible();
  await expect(refused).toHaveAttribute('title', /openat \(3\)/);

  await test.step('on the list of processes', async () => {
    await bulkhead.activate('Processes');
    const list = await bulkhead.page('bulkhead://processes');
    await list
      .getByRole('row', { name: /frame-stats/ })
      .getByText('Locked down')
      .hover();
    await expect(list.getByText('Refused system calls')).toBeVisible();
    await expect(list.locator('code', { hasText: 'openat' })).toBeVisible();
  });

  await bulkhead.activate('Painted');
  const page = await bulkhead.page(painted);
  await expect(bulkhead.plugin.getByRole('img', { name: 'rgb(255 255 255)' })).toBeVisible();
  await repaint(page, 'rgb(255 0 0)');
  await expect(bulkhead.notice).toContainText('forbidden system calls', { timeout: 30_000 });
  await expect.poll(() => bulkhead.pidOfPlugin(), { timeout: 30_000 }).not.toBe(first);
  await expect(refused).toBeVisible();
  await bulkhead.dismissNotice();
  await witness.expectUnharmed();
});
