import { aliveOf, commandLineOf, familyOf, having, readSandbox, sendSignal } from './system.ts';
import { expect, test } from './test.ts';
import type { Undriven } from './undriven.ts';

const brokersOf = ({ pid }: Undriven) => having('--type=broker', pid);

async function networkService({ pid }: Undriven): Promise<number | undefined> {
  for (const each of await familyOf(pid)) {
    if ((await commandLineOf(each)).includes('--utility-sub-type=network.mojom.NetworkService')) return each;
  }
  return undefined;
}

const seccompOf = async (bulkhead: Undriven) => {
  const pid = await networkService(bulkhead);
  return pid === undefined ? undefined : (await readSandbox(pid)).seccomp;
};

test('the network service is sandboxed; where it crashes again and again, the next start does without, and says so', async ({
  launchUndriven,
  pages,
}) => {
  const first = await launchUndriven([pages.counter('Alpha')]);
  await expect.poll(() => seccompOf(first)).toBe(2);
  for (let crash = 1; crash <= 3; crash++) {
    await expect.poll(() => networkService(first)).toBeDefined();
    const pid = await networkService(first);
    if (pid !== undefined) sendSignal(pid, 'SIGSEGV');
    await expect.poll(() => networkService(first), { timeout: 15_000 }).not.toBe(pid);
  }
  await expect
    .poll(() => first.shellText(), { timeout: 15_000 })
    .toContain('From the next start on it runs without one.');
  const { profile } = first;
  await first.closeWindow();
  await expect.poll(() => first.exitCode, { timeout: 15_000 }).toBe(0);

  const second = await launchUndriven([pages.counter('Beta')], { profile });
  await expect
    .poll(() => second.shellText(), { timeout: 15_000 })
    .toContain('The network service runs without a sandbox');
  expect(await seccompOf(second)).toBe(0);
  await expect.poll(() => second.tabs()).toEqual([expect.stringMatching('Beta')]);
});

test('what opens files for the network service may be killed: both come back, and nothing of them stays', async ({
  launchUndriven,
  pages,
}) => {
  const bulkhead = await launchUndriven([pages.counter('Alpha')]);
  await expect.poll(() => brokersOf(bulkhead)).toHaveLength(1);
  const [broker = 0] = await brokersOf(bulkhead);
  const before = [Number(await networkService(bulkhead)), broker];
  sendSignal(broker, 'SIGKILL');
  await expect.poll(() => aliveOf(before)).toEqual([]);
  await expect.poll(() => brokersOf(bulkhead)).toEqual([expect.any(Number)]);
  await bulkhead.go(pages.counter('Beta'));
  await expect.poll(() => bulkhead.tabs()).toEqual([expect.stringMatching('Beta')]);
});
