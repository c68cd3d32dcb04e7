import { isAlive } from './system.ts';
import { expect, test } from './test.ts';
import { Witness } from './witness.ts';

test('a killed plugin is restarted, the window says so, and no tab notices', async ({ launch, pages }) => {
  const bulkhead = await launch([pages.counter('Alpha'), pages.counter('Beta')]);
  const witnesses = [
    await Witness.of(bulkhead, 'Alpha', `${pages.origin}/Alpha`),
    await Witness.of(bulkhead, 'Beta', `${pages.origin}/Beta`),
  ];
  const before = await bulkhead.pidOfPlugin();
  await bulkhead.showFigures();
  await expect(bulkhead.plugin.getByRole('img', { name: /Average colour/ })).toBeVisible();
  await expect(bulkhead.plugin).toContainText('Confined');
  await expect(bulkhead.plugin).not.toContainText('not confined');

  process.kill(before, 'SIGKILL');
  await expect(bulkhead.notice).toContainText(/frame-stats was ended by SIGKILL and came back as process \d+\./);
  const after = await bulkhead.pidOfPlugin();
  expect(after).not.toBe(before);
  expect(await isAlive(after)).toBe(true);
  await expect(bulkhead.notice).toContainText(`process ${after}`);

  // It works again: it reads frames.
  await bulkhead.dismissNotice();
  await expect(bulkhead.plugin.getByRole('img', { name: /Average colour/ })).toBeVisible();
  for (const witness of witnesses) await witness.expectUnharmed();
});

test('a plugin that keeps ending stays stopped until the user starts it', async ({ launch, pages }) => {
  const bulkhead = await launch([pages.counter('Alpha')]);
  const alpha = await Witness.of(bulkhead, 'Alpha', `${pages.origin}/Alpha`);
  for (let restarts = 0; restarts < 3; restarts++) {
    const pid = await bulkhead.pidOfPlugin();
    process.kill(pid, 'SIGKILL');
    await expect(bulkhead.plugin).not.toContainText(`PID ${pid}`);
  }
  process.kill(await bulkhead.pidOfPlugin(), 'SIGTERM');
  await expect(bulkhead.notice).toContainText('frame-stats ended too often and stays stopped.');
  await expect(bulkhead.plugin).toContainText('stopped');
  await bulkhead.dismissNotice();
  await alpha.expectUnharmed();

  await bulkhead.plugin.getByRole('button', { name: 'Restart' }).click();
  expect(await isAlive(await bulkhead.pidOfPlugin())).toBe(true);
  // With a new budget it is restarted automatically again.
  const pid = await bulkhead.pidOfPlugin();
  process.kill(pid, 'SIGKILL');
  await expect(bulkhead.plugin).not.toContainText(`PID ${pid}`);
  expect(await bulkhead.pidOfPlugin()).not.toBe(pid);
  await bulkhead.dismissNotice();
  await alpha.expectUnharmed();
});
