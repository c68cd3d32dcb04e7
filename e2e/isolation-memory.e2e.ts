import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './test.ts';
import { Witness } from './witness.ts';

const faults = [
  'memory-exhaust',
  'tab-exhaust-array-buffers',
  'tab-exhaust-elements',
  'leak',
  'tab-swarm-of-workers',
] as const;

test('a tab that exceeds its memory limit, in any way, is ended, and says so', async ({ launch, pages, folder }) => {
  test.setTimeout(180_000);
  const profile = path.join(folder, 'limited');
  await mkdir(profile);
  await writeFile(path.join(profile, 'settings.json'), JSON.stringify({ memoryLimitKiB: 300_000 }));
  const bulkhead = await launch([pages.counter('Victim'), pages.counter('Alpha')], { profile });
  const witness = await Witness.of(bulkhead, 'Alpha', `${pages.origin}/Alpha`);
  await bulkhead.activate('Victim');
  for (const fault of faults) {
    await test.step(fault, async () => {
      const pid = await bulkhead.pidOfTab('Victim');
      await bulkhead.go(`bulkhead://${fault}`);
      await expect(bulkhead.insteadOfPage).toContainText('This tab ran out of memory', { timeout: 30_000 });
      await expect(bulkhead.insteadOfPage).toContainText(String(pid));
      await bulkhead.insteadOfPage.getByRole('button', { name: 'Reload' }).click();
      await expect(bulkhead.insteadOfPage).toHaveCount(0);
    });
  }
  await witness.expectUnharmed();
});

test('a tab near its limit gets a warning; one whose heap is full before that is out of memory, too', async ({
  launch,
  pages,
  folder,
}) => {
  const profile = path.join(folder, 'limited');
  await mkdir(profile);
  await writeFile(path.join(profile, 'settings.json'), JSON.stringify({ memoryLimitKiB: 400_000 }));
  const bulkhead = await launch(
    [pages.html('Large', '<script>kept = new Uint8Array(350_000 * 1024).fill(1)</script>')],
    { profile, switches: ['--js-flags=--max-old-space-size=280'] },
  );
  await expect(bulkhead.tab('Large')).toHaveAttribute('title', /of memory that it may have/);
  await expect(bulkhead.insteadOfPage).toHaveCount(0);
  await bulkhead.button('Kill this tab').click();
  await expect(bulkhead.insteadOfPage).toContainText('SIGKILL');
  await expect(bulkhead.tab('Large')).not.toHaveAttribute('title', /of memory that it may have/);

  const growing = 'kept = []; setInterval(() => kept.push(new Array(500_000).fill(1.5)), 40)';
  await bulkhead.open(pages.html('Growing', `<script>${growing}</script>`));
  await expect(bulkhead.insteadOfPage).toContainText('This tab ran out of memory', { timeout: 30_000 });
  await expect(bulkhead.insteadOfPage).toContainText('SIGTRAP');
});
