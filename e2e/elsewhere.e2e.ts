import path from 'node:path';
import { animated, colour, colourInPicture } from './animated.ts';
import { pictureOfWindow } from './screen.ts';
import { expect, test } from './test.ts';
import { Witness } from './witness.ts';

// Simulates a system other than Linux: the browser process and its utility processes believe that this is macOS (see
// fixtures/pretend-platform.cjs). Electron and the kernel are still Linux's, so this tests our code without Linux's
// means, not that macOS has everything else.
const pretended = path.join(import.meta.dirname, 'fixtures/pretend-platform.cjs');
/** A subframe in a process of its own. */
const otherSite = (address: string) => `<iframe src="${address.replace('127.0.0.1', 'localhost')}"></iframe>`;

test('on a system other than Linux the browser starts, works, and says what is missing', async ({
  launch,
  pages,
}, testInfo) => {
  const bulkhead = await launch(
    [pages.html('Moving', animated + otherSite(pages.counter('Inner'))), pages.counter('Beside')],
    {
      switches: ['-r', pretended],
      environment: { BULKHEAD_PRETEND_PLATFORM: 'darwin' },
    },
  );
  expect(await bulkhead.application.evaluate(() => process.platform)).toBe('darwin');
  const beside = await Witness.of(bulkhead, 'Beside', `${pages.origin}/Beside`);

  // The plugin reads frames.
  const plugin = await bulkhead.pidOfPlugin();
  await bulkhead.showFigures();
  await expect(bulkhead.plugin.getByRole('img')).toHaveAccessibleName(/Average colour rgb\(\d+ 1[0-9]{2} \d+\)/);
  await expect(bulkhead.plugin).toContainText(/[\d.]+ [KMG]iB copied/);

  // The page says that frames are copied, and why, and shows the small frame.
  await bulkhead.open('bulkhead://frames');
  const frames = await bulkhead.page('bulkhead://frames');
  const why = frames.getByRole('region', { name: 'Frames are copied over a port here' });
  await expect(why).toContainText('There is no shared memory on macOS');
  const toPlugin = frames.locator('[data-buffer="active tab"]');
  await expect(toPlugin).toContainText(
    new RegExp(`Writerbrowser ${bulkhead.pid}.*Readerframe-stats ${plugin}.*port`, 's'),
  );
  await expect(toPlugin).toContainText(/Frames[1-9]\d*\/s/);
  await expect.poll(() => colourInPicture(frames)).toEqual([...colour, 255]);
  const drawn = frames.locator('canvas');
  const first = Number(await drawn.getAttribute('data-sequence'));
  await expect.poll(async () => Number(await drawn.getAttribute('data-sequence'))).toBeGreaterThan(first + 2);
  await pictureOfWindow(bulkhead, testInfo.outputPath('frames.png'));

  // Its cross-site subframe has a living process, which only the system can report.
  await expect(bulkhead.tab('Moving')).toHaveAttribute('title', /Process \d+/);
  await expect(bulkhead.tab('Moving')).not.toHaveAttribute('title', /lost its process/);

  // Killed, it is restarted, and its successor reads frames, too.
  process.kill(plugin, 'SIGKILL');
  await expect(bulkhead.notice).toContainText(/frame-stats was ended by SIGKILL and came back as process \d+\./);
  const successor = await bulkhead.pidOfPlugin();
  expect(successor).not.toBe(plugin);
  await expect(toPlugin).toContainText(`Readerframe-stats ${successor}`);
  await expect.poll(() => colourInPicture(frames)).toEqual([...colour, 255]);
  await bulkhead.dismissNotice();

  // A tab is killed, and the others live on.
  await bulkhead.activate('Moving');
  process.kill(await bulkhead.pidOfTab('Moving'), 'SIGKILL');
  await expect(bulkhead.insteadOfPage).toContainText('SIGKILL');
  await beside.expectUnharmed();

  // Faults that cannot be caused here say why, and the others can be caused.
  await bulkhead.open('bulkhead://isolation');
  const isolation = await bulkhead.page('bulkhead://isolation');
  const titleOf = (fault: string) => isolation.locator(`[data-fault="${fault}"]`);
  await expect(titleOf('zygote-kill')).toHaveAttribute('title', /This version of Electron has no such process\./);
  await expect(titleOf('browser-kill')).toHaveAttribute('title', /cannot check what is left of it/);
  await expect(titleOf('plugin-corrupt-memory')).toHaveAttribute('title', /No memory is shared with plugins here\./);
  await expect(titleOf('plugin-corrupt-memory')).toBeDisabled();
  await titleOf('tab-kill').click();
  await expect(titleOf('tab-kill')).toHaveAttribute('data-state', 'passed', { timeout: 30_000 });

  await bulkhead.open('bulkhead://processes');
  const processes = await bulkhead.page('bulkhead://processes');
  await expect(processes.getByText('Reported by Electron, because macOS has no /proc.')).toBeVisible();
  await expect(processes.getByRole('row', { name: `frame-stats Plugin ${successor}` })).toContainText('MiB');

  // Lessons on messages run. Lessons on Linux calls say that they need Linux.
  await bulkhead.open('bulkhead://ipc-lab/lost-update');
  const lostUpdate = await bulkhead.page('bulkhead://ipc-lab/lost-update');
  await expect(lostUpdate.getByRole('region', { name: 'Needs Linux' })).toContainText('On macOS it cannot be run');
  await expect(lostUpdate.getByRole('button', { name: 'Run', exact: true })).toHaveCount(0);
  await bulkhead.open('bulkhead://ipc-lab/rendezvous');
  const rendezvous = await bulkhead.page('bulkhead://ipc-lab/rendezvous');
  await rendezvous.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(rendezvous.getByRole('button', { name: 'Run again' })).toBeVisible();
  await expect(rendezvous.getByRole('status').first()).not.toContainText('failed');
});
