import { expect, test } from './test.ts';
import { Witness } from './witness.ts';

/** What ends the plugin's process, and what the notice says of it. */
const faults = [
  ['plugincrash', /crashed/],
  ['plugin-exit', /ended with code 7/],
  ['plugin-malformed-message', /bad message/],
] as const;

test('a plugin that crashes, exits or says what it may not is started again, until it has done so too often', async ({
  launch,
  pages,
}) => {
  const bulkhead = await launch([pages.counter('Alpha')]);
  const witness = await Witness.of(bulkhead, 'Alpha', `${pages.origin}/Alpha`);
  for (const [fault, words] of faults) {
    const pid = await bulkhead.pidOfPlugin();
    await bulkhead.go(`bulkhead://${fault}`);
    await expect(bulkhead.notice).toContainText(words);
    await expect.poll(() => bulkhead.pidOfPlugin()).not.toBe(pid);
  }
  await bulkhead.go('bulkhead://plugin-kill');
  await expect(bulkhead.notice).toContainText('stays stopped');
  await bulkhead.button('Restart').click();
  await bulkhead.pidOfPlugin();
  await bulkhead.dismissNotice();
  await witness.expectUnharmed();
});

test('a plugin that stops answering is ended and started again', async ({ launch, pages }) => {
  const bulkhead = await launch([pages.counter('Alpha')]);
  const witness = await Witness.of(bulkhead, 'Alpha', `${pages.origin}/Alpha`);
  const pid = await bulkhead.pidOfPlugin();
  await bulkhead.go('bulkhead://pluginhang');
  await expect(bulkhead.notice).toContainText(/stopped answering/, { timeout: 20_000 });
  await expect.poll(() => bulkhead.pidOfPlugin()).not.toBe(pid);
  await bulkhead.dismissNotice();
  await witness.expectUnharmed();
});
