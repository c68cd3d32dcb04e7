import { sendSignal } from './system.ts';
import { expect, test } from './test.ts';
import { Witness } from './witness.ts';

test('a frozen tab is shown as not answering, and as answering again after it continues', async ({ launch, pages }) => {
  const bulkhead = await launch([pages.counter('Frozen'), pages.counter('Alpha')]);
  const alpha = await Witness.of(bulkhead, 'Alpha', `${pages.origin}/Alpha`);
  const pid = await bulkhead.pidOfTab('Frozen');
  await bulkhead.activate('Frozen');
  await expect(bulkhead.statusBar).toContainText(`PID ${pid} answers`);
  process.kill(pid, 'SIGSTOP');
  try {
    await expect(bulkhead.statusBar).toContainText(new RegExp(`PID ${pid} (does not answer|Stopped by the system)`));
    await expect(bulkhead.tab('Frozen')).toHaveAttribute('title', /Does not answer|Stopped/);
    await alpha.expectUnharmed();
  } finally {
    sendSignal(pid, 'SIGCONT');
  }
  await bulkhead.activate('Frozen');
  await expect(bulkhead.statusBar).toContainText(`PID ${pid} answers`);
  await bulkhead.showFigures();
  await expect(bulkhead.statusBar).toContainText(/[1-9]\d* lost/);
});

test('a frozen plugin is ended and restarted, and no tab notices', async ({ launch, pages }) => {
  const bulkhead = await launch([pages.counter('Alpha')]);
  const alpha = await Witness.of(bulkhead, 'Alpha', `${pages.origin}/Alpha`);
  const pid = await bulkhead.pidOfPlugin();
  process.kill(pid, 'SIGSTOP');
  try {
    await expect(bulkhead.plugin).not.toContainText(`PID ${pid}`);
  } finally {
    sendSignal(pid, 'SIGCONT');
  }
  await expect(bulkhead.notice).toContainText('came back');
  expect(await bulkhead.pidOfPlugin()).not.toBe(pid);
  await bulkhead.dismissNotice();
  await alpha.expectUnharmed();
});
