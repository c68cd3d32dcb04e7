import { withPlugin } from './application-copy.ts';
import { repaint } from './repaint.ts';
import { isAlive } from './system.ts';
import { expect, test } from './test.ts';
import { Witness } from './witness.ts';

test('a plugin that keeps starting threads is ended before the system has no free PID left', async ({
  launch,
  pages,
  folder,
}) => {
  test.skip(process.platform !== 'linux' || process.arch !== 'x64', 'it is machine code of Linux on x64');
  const app = await withPlugin('thread-bomb-plugin.mjs', folder);
  const painted = pages.html('Painted', '<p>Painted</p>');
  const bulkhead = await launch([pages.counter('Alpha'), painted], { app });
  const witness = await Witness.of(bulkhead, 'Alpha', `${pages.origin}/Alpha`);
  const first = await bulkhead.pidOfPlugin();
  await bulkhead.showFigures();
  await bulkhead.activate('Painted');
  const page = await bulkhead.page(painted);
  await expect(bulkhead.plugin.getByRole('img', { name: 'rgb(255 255 255)' })).toBeVisible();
  await repaint(page, 'rgb(255 0 0)');
  await expect(bulkhead.notice).toContainText('too many threads', { timeout: 30_000 });
  expect(await isAlive(first)).toBe(false);
  await expect.poll(() => bulkhead.pidOfPlugin(), { timeout: 30_000 }).not.toBe(first);
  await bulkhead.dismissNotice();
  await witness.expectUnharmed();
});
