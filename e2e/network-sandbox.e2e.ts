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

/** Clicks a button of the shell once it exists. */
const click = (bulkhead: Undriven, label: string) =>
  expect
    .poll(
      () =>
        bulkhead.inShell<boolean>(`(() => {
          const label = ${JSON.stringify(label)};
          const found = [...document.querySelectorAll('button')].find((each) => each.textContent.trim() === label);
          found?.click();
          return found !== undefined;
        })()`),
      { message: label, timeout: 15_000 },
    )
    .toBe(true);

async function crashThrice(bulkhead: Undriven): Promise<void> {
  for (let crash = 1; crash <= 3; crash++) {
    await expect.poll(() => networkService(bulkhead)).toBeDefined();
    const pid = await networkService(bulkhead);
    if (pid !== undefined) sendSignal(pid, 'SIGSEGV');
    await expect.poll(() => networkService(bulkhead), { timeout: 15_000 }).not.toBe(pid);
  }
}

async function closed(bulkhead: Undriven): Promise<string> {
  await bulkhead.closeWindow();
  await bulkhead.ended();
  return bulkhead.profile;
}

test('the network service is sandboxed, however often it crashes, until the user decides otherwise', async ({
  launchUndriven,
  pages,
}) => {
  const first = await launchUndriven([pages.counter('Alpha')]);
  await expect.poll(() => seccompOf(first)).toBe(2);
  await crashThrice(first);
  await expect.poll(() => first.shellText(), { timeout: 15_000 }).toContain('The network service keeps crashing');
  const profile = await closed(first);

  const second = await launchUndriven([pages.counter('Beta')], { profile });
  await expect.poll(() => seccompOf(second)).toBe(2);
  expect(await second.shellText()).not.toContain('sandbox');
  await crashThrice(second);
  await click(second, 'No sandbox next time');
  await expect.poll(() => second.shellText()).toContain('From the next start on, the network service runs without');
  await closed(second);

  const third = await launchUndriven([pages.counter('Gamma')], { profile });
  await expect.poll(() => third.shellText()).toContain('The network service runs without its sandbox');
  expect(await seccompOf(third)).toBe(0);
  await expect.poll(() => third.tabs()).toEqual([expect.stringMatching('Gamma')]);
  await click(third, 'Switch the sandbox on again');
  await expect.poll(() => third.shellText()).toContain('runs in its sandbox again');
  await closed(third);

  const fourth = await launchUndriven([pages.counter('Delta')], { profile });
  await expect.poll(() => seccompOf(fourth)).toBe(2);
});

test("the network service's broker may be killed: both are restarted, and nothing of them stays", async ({
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

test('the broker of a new network service may be killed as soon as it exists', async ({ launchUndriven, pages }) => {
  const bulkhead = await launchUndriven([pages.counter('Alpha')]);
  await expect.poll(() => brokersOf(bulkhead)).toHaveLength(1);
  const [first] = await brokersOf(bulkhead);
  sendSignal(Number(await networkService(bulkhead)), 'SIGKILL');
  let second: number | undefined;
  const killed = async () => {
    second = (await brokersOf(bulkhead)).find((each) => each !== first);
    if (second !== undefined) sendSignal(second, 'SIGKILL');
    return second;
  };
  await expect.poll(killed, { intervals: [5], timeout: 15_000 }).toBeDefined();
  const third = async () => (await brokersOf(bulkhead)).filter((each) => each !== first && each !== second);
  await expect.poll(third, { timeout: 15_000 }).toHaveLength(1);
  await bulkhead.go(pages.counter('Beta'));
  await expect.poll(() => bulkhead.tabs()).toEqual([expect.stringMatching('Beta')]);
});
