import { expect, test } from './test.ts';
import { Witness } from './witness.ts';

test('a tab and a plugin that are frozen are seen not to answer, and to answer again once they are thawed', async ({
  launch,
  pages,
}) => {
  const bulkhead = await launch([pages.counter('Frozen'), pages.counter('Alpha')]);
  const alpha = await Witness.of(bulkhead, 'Alpha', `${pages.origin}/Alpha`);
  const tab = await bulkhead.pidOfTab('Frozen');
  const plugin = await bulkhead.pidOfPlugin();
  await expect(bulkhead.statusBar).toContainText(`PID ${tab} answers`);
  try {
    process.kill(tab, 'SIGSTOP');
    process.kill(plugin, 'SIGSTOP');
    await expect(bulkhead.statusBar).toContainText(`PID ${tab} does not answer`);
    await expect(bulkhead.plugin).toContainText('does not answer');
    await expect(bulkhead.tab('Frozen')).toHaveAttribute('title', /Does not answer/);
    await alpha.expectUnharmed();
  } finally {
    process.kill(tab, 'SIGCONT');
    process.kill(plugin, 'SIGCONT');
  }
  await bulkhead.activate('Frozen');
  await expect(bulkhead.statusBar).toContainText(`PID ${tab} answers`);
  await expect(bulkhead.statusBar).toContainText(/[1-9]\d* lost/);
  await expect(bulkhead.plugin).toContainText(`PID ${plugin} running`);
});
