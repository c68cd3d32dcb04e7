import { commandLineOf, having, isAlive, sendSignal, startedBrowserOf } from './system.ts';
import { expect, test } from './test.ts';

test("when the shell's process is killed, the shell comes back as it was, and the tabs live on", async ({
  launch,
  pages,
}) => {
  const bulkhead = await launch(['Alpha', 'Beta', 'Gamma'].map(pages.counter));
  const titles = ['Alpha', 'Beta', 'Gamma'];
  const pids = await Promise.all(titles.map((title) => bulkhead.pidOfTab(title)));
  const plugin = await bulkhead.pidOfPlugin();
  await bulkhead.activate('Beta');
  const documents = await Promise.all(
    titles.map(async (title) => {
      const page = await bulkhead.page(`${pages.origin}/${title}`);
      return { page, made: await page.evaluate(() => performance.timeOrigin) };
    }),
  );
  let shell = await bulkhead.pidOfShell();
  expect(await commandLineOf(shell)).toContain('--type=renderer');
  expect(pids).not.toContain(shell);

  for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
    process.kill(shell, signal);
    await expect.poll(() => isAlive(shell)).toBe(false);
    const shown = () =>
      bulkhead.askShell<string[]>(
        `[...document.querySelectorAll('[role=tab]')].map((tab) => tab.innerText.trim().split(/\\s+/)[0] + tab.ariaSelected)`,
      );
    await expect.poll(shown).toEqual(['Alphafalse', 'Betatrue', 'Gammafalse']);
    const successor = await bulkhead.pidOfShell();
    expect(successor).not.toBe(shell);
    shell = successor;
  }

  // It shows new state, and does what it is asked.
  await expect
    .poll(() => bulkhead.askShell<string>(`document.querySelector('section').innerText`))
    .toContain('frame-stats');
  await bulkhead.askShell(`document.querySelectorAll('[role=tab]')[2].click()`);
  await expect
    .poll(() => bulkhead.askShell<string>(`document.querySelector('[role=combobox]').value`))
    .toBe(`${pages.origin}/Gamma`);

  for (const pid of [...pids, plugin]) expect(await isAlive(pid)).toBe(true);
  for (const { page, made } of documents) expect(await page.evaluate(() => performance.timeOrigin)).toBe(made);
});

test('the shell starts even if its process is killed several times before it has loaded', async ({
  launchUndriven,
  pages,
  folder,
}) => {
  const profile = `${folder}/profile`;
  const starting = launchUndriven([pages.counter('Alpha')], { profile });
  starting.catch(() => undefined);
  const browser = await startedBrowserOf(profile);
  const killed = new Set<number>();
  const kill = async () => {
    for (const pid of await having('--type=renderer', browser)) {
      sendSignal(pid, 'SIGKILL');
      killed.add(pid);
    }
    return killed.size;
  };
  await expect.poll(kill, { intervals: [5], timeout: 40_000 }).toBeGreaterThan(3);
  const bulkhead = await starting;
  await expect.poll(() => bulkhead.tabs()).toHaveLength(1);
});
