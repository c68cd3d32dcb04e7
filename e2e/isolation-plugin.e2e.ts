import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './test.ts';
import { Witness } from './witness.ts';

/**
 * The faults that end the plugin's process, and the text of the notice. Each group has as many as the budget has
 * restarts.
 */
const faults = [
  [
    ['plugincrash', /crashed/],
    ['plugin-exit', /ended with code 7/],
    ['plugin-malformed-message', /bad message/],
  ],
  [
    ['plugin-terminate', /ended/],
    ['plugin-abort', /SIGABRT/],
    ['plugin-message-flood', /bad message/],
  ],
  [
    ['plugin-stack-overflow', /ended|crashed/],
    ['plugin-corrupt-memory', /bad message|ended|crashed/],
    ['plugin-exhaust-array-buffers', /ran out of memory/],
  ],
  [
    ['plugin-exhaust-heap', /ran out of memory/],
    ['plugin-leak', /ran out of memory/],
    ['plugin-swarm-of-workers', /ran out of memory/],
  ],
  // It is killed, so that it is restarted, and that start fails: this takes two restarts.
  [['plugin-exception-at-start', /could not be started/]],
  [['plugin-never-starts', /could not be started/]],
] as const;

test('a plugin that ends, in any way, is restarted until it has ended too often', async ({ launch, pages, folder }) => {
  test.setTimeout(240_000);
  const profile = path.join(folder, 'limited');
  await mkdir(profile);
  await writeFile(path.join(profile, 'settings.json'), JSON.stringify({ memoryLimitKiB: 400_000 }));
  const bulkhead = await launch([pages.counter('Alpha')], { profile });
  await bulkhead.showFigures();
  const witness = await Witness.of(bulkhead, 'Alpha', `${pages.origin}/Alpha`);
  for (const group of faults) {
    for (const [fault, words] of group) {
      await test.step(fault, async () => {
        const pid = await bulkhead.pidOfPlugin();
        await expect(bulkhead.plugin.getByRole('img'), 'at work').toBeVisible();
        await bulkhead.go(`bulkhead://${fault}`);
        // It sends nothing at all, not even the report of its confinement.
        if (fault === 'plugin-never-starts') {
          await expect(bulkhead.plugin).toContainText('starting');
          await expect(bulkhead.plugin).toContainText('not confined yet');
        }
        await expect(bulkhead.notice).toContainText(words, { timeout: 60_000 });
        await expect.poll(() => bulkhead.pidOfPlugin(), { timeout: 30_000 }).not.toBe(pid);
        await expect(bulkhead.notice).toContainText(/came back as process/);
        await bulkhead.dismissNotice();
      });
    }
    for (let spent = group.length === 1 ? 2 : 3; spent <= 3; spent++) {
      const pid = await bulkhead.pidOfPlugin();
      await bulkhead.go('bulkhead://plugin-kill');
      if (spent < 3) await expect.poll(() => bulkhead.pidOfPlugin()).not.toBe(pid);
    }
    await expect(bulkhead.notice).toContainText('stays stopped');
    await bulkhead.button('Restart').click();
    await bulkhead.pidOfPlugin();
    await expect(bulkhead.notice).toContainText(/came back as process/);
    await bulkhead.dismissNotice();
  }
  await witness.expectUnharmed();
});

test('a plugin that stops answering is ended and restarted', async ({ launch, pages }) => {
  const bulkhead = await launch([pages.counter('Alpha')]);
  const witness = await Witness.of(bulkhead, 'Alpha', `${pages.origin}/Alpha`);
  for (const fault of ['pluginhang', 'plugin-stop', 'plugin-closed-port']) {
    await test.step(fault, async () => {
      const pid = await bulkhead.pidOfPlugin();
      await bulkhead.go(`bulkhead://${fault}`);
      await expect(bulkhead.notice).toContainText(/stopped answering/, { timeout: 20_000 });
      await expect.poll(() => bulkhead.pidOfPlugin(), { timeout: 20_000 }).not.toBe(pid);
      await expect(bulkhead.notice).toContainText(/came back as process/);
      await bulkhead.dismissNotice();
    });
  }
  await witness.expectUnharmed();
});

test('a plugin continues with an endless thread, and when the kernel refuses to shrink its memory', async ({
  launch,
  pages,
}) => {
  const bulkhead = await launch([pages.counter('Alpha')]);
  const witness = await Witness.of(bulkhead, 'Alpha', `${pages.origin}/Alpha`);
  await bulkhead.showFigures();
  const page = await bulkhead.page(`${pages.origin}/Alpha`);
  const colour = bulkhead.plugin.getByRole('img', { name: /Average colour/ });
  const paint = (name: string) => page.evaluate((value) => document.body.style.setProperty('background', value), name);
  await expect(colour).toBeVisible();
  const pid = await bulkhead.pidOfPlugin();

  await bulkhead.go('bulkhead://plugin-endless-loop-in-worker');
  await paint('rgb(0 200 0)');
  await expect(colour).toHaveAccessibleName(/rgb\(\d\d? \d{3} \d\d?\)/);
  expect(await bulkhead.pidOfPlugin()).toBe(pid);

  // It can open its memory again only during its start, so it is restarted for this.
  await bulkhead.go('bulkhead://plugin-truncate-segment');
  await expect.poll(() => bulkhead.pidOfPlugin()).not.toBe(pid);
  await bulkhead.dismissNotice();
  await paint('rgb(0 0 200)');
  await expect(colour).toHaveAccessibleName(/rgb\(\d\d? \d\d? \d{3}\)/);
  await witness.expectUnharmed();
});
