import { readdir } from 'node:fs/promises';
import { aliveOf, familyOf, having, readStat, sendSignal, startedBrowserOf } from './system.ts';
import { expect, test } from './test.ts';
import type { Undriven } from './undriven.ts';

const argumentOfPlugin = '--utility-sub-type=node.mojom.NodeService';
const argumentOf = {
  'GPU process': '--type=gpu-process',
  'network service': '--utility-sub-type=network.mojom.NetworkService',
  'broker of the network service': '--type=broker',
  zygote: '--type=zygote',
  watchdog: 'bulkhead-watchdog',
};

/** Returns every process whose stop could block the window, with its name. */
async function guardedOf(undriven: Undriven): Promise<[name: string, pid: number][]> {
  const shell = await undriven.evaluate(({ webContents }) =>
    webContents
      .getAllWebContents()
      .find((each) => each.getURL().startsWith('bulkhead://shell'))
      ?.getOSProcessId(),
  );
  const found = await Promise.all(
    Object.entries(argumentOf).map(async ([name, argument]) =>
      (await having(argument, undriven.pid)).map((pid): [string, number] => [name, pid]),
    ),
  );
  return [...found.flat(), ["window's interface", shell ?? 0]];
}

const stateOf = async (pid: number) => (await readStat(pid))?.state;

test('every stopped process of the browser is continued, the window says so, and a tab can end and load meanwhile', async ({
  launchUndriven,
  pages,
}) => {
  const [victim, beside] = [pages.counter('Victim'), pages.counter('Beside')];
  const undriven = await launchUndriven([victim, beside]);
  await expect
    .poll(() => guardedOf(undriven).then((all) => all.map(([name]) => name).sort()))
    .toEqual([...Object.keys(argumentOf), 'zygote', 'zygote', "window's interface"].sort());
  for (const [name, pid] of await guardedOf(undriven)) {
    process.kill(pid, 'SIGSTOP');
    // The browser needs the zygote for each end and each start of a renderer.
    await undriven.evaluate(({ webContents }, address) => {
      const tab = webContents.getAllWebContents().find((each) => each.getURL() === address);
      if (tab) process.kill(tab.getOSProcessId(), 'SIGKILL');
    }, victim);
    await expect.poll(() => stateOf(pid), `${name} ${pid}`).not.toBe('T');
    await expect.poll(() => undriven.shellText(), `${name} ${pid}`).toContain('was stopped (SIGSTOP) from outside');
    await expect.poll(() => undriven.shellText()).toContain("This tab's process was killed");
    await undriven.inShell(
      `[...document.querySelectorAll('button')].find((each) => each.textContent.includes('Reload')).click()`,
    );
    await expect.poll(() => undriven.inPage(victim, 'document.title').catch(() => '')).toBe('Victim');
    expect(await aliveOf([pid]), name).toEqual([pid]);
    await dismissNotices(undriven);
  }
});

test("while a tab, the plugin or a lesson's process is stopped, the window still works", async ({
  launchUndriven,
  pages,
}) => {
  const [shown, behind] = [pages.counter('Shown'), pages.counter('Behind')];
  const lab = 'bulkhead://ipc-lab/bounded-buffer?items=1000';
  const undriven = await launchUndriven([lab, shown, behind]);
  const pidOf = (address: string) =>
    undriven.evaluate(
      ({ webContents }, asked) =>
        webContents
          .getAllWebContents()
          .find((each) => each.getURL() === asked)
          ?.getOSProcessId() ?? 0,
      address,
    );
  const utilities = () => having(argumentOfPlugin, undriven.pid);
  await expect.poll(async () => (await utilities()).length).toBe(1);
  const [plugin = 0] = await utilities();
  await expect
    .poll(() =>
      undriven
        .inPage<boolean>(
          lab,
          `(() => {
            const run = [...document.querySelectorAll('button')].find((each) => each.textContent.trim() === 'Run');
            run?.click();
            return run !== undefined;
          })()`,
        )
        .catch(() => false),
    )
    .toBe(true);
  // The lesson has two.
  await expect.poll(async () => (await utilities()).length, { timeout: 20_000 }).toBe(3);
  const [lesson = 0] = (await utilities()).filter((pid) => pid !== plugin);
  await undriven.press('bulkhead://shell', '2', 'control');
  await expect.poll(() => undriven.address()).toBe(shown);
  const stopped = { 'the tab that is shown': await pidOf(shown), 'a tab behind': await pidOf(behind), plugin, lesson };
  for (const [name, pid] of Object.entries(stopped)) {
    sendSignal(pid, 'SIGSTOP');
    await expect.poll(() => stateOf(pid), name).toBe('T');
    // A new tab with a page from the network, and back.
    const beside = pages.counter(`Beside${pid}`);
    const before = (await undriven.tabs()).length;
    await undriven.press('bulkhead://shell', 't', 'control');
    await expect.poll(async () => (await undriven.tabs()).length, name).toBe(before + 1);
    await undriven.go(beside);
    await expect.poll(() => undriven.inPage(beside, 'document.title').catch(() => ''), name).toBe(`Beside${pid}`);
    await expect.poll(() => undriven.address(), name).toBe(beside);
    await undriven.press('bulkhead://shell', '1', 'control');
    await expect.poll(() => undriven.address(), name).toBe(lab);
    await undriven.press('bulkhead://shell', '2', 'control');
    await expect.poll(() => undriven.address(), name).toBe(shown);
    sendSignal(pid, 'SIGCONT');
  }
});

test('zygotes stopped while the first page starts, and a page that ends then, do not keep the window from opening', async ({
  launchUndriven,
  pages,
  folder,
}) => {
  const profile = `${folder}/profile`;
  const starting = launchUndriven([pages.counter('Alpha')], { profile });
  let renderers: number[] = [];
  const browser = await startedBrowserOf(profile);
  const look = async () => {
    renderers = await having('--type=renderer', browser);
    return renderers.length;
  };
  await expect.poll(look, { intervals: [5], timeout: 40_000 }).toBeGreaterThan(0);
  const zygotes = await having(argumentOf.zygote, browser);
  for (const pid of zygotes) process.kill(pid, 'SIGSTOP');
  for (const pid of renderers) sendSignal(pid, 'SIGKILL');
  const undriven = await starting;
  await expect.poll(() => undriven.shellText()).toContain('was stopped (SIGSTOP) from outside');
  expect(await aliveOf(zygotes)).toEqual(zygotes);
});

for (const number of [1, 2, 3]) {
  test(`the window opens when all renderers are stopped as soon as there are ${number}`, async ({
    launchUndriven,
    pages,
    folder,
  }) => {
    const profile = `${folder}/profile`;
    let isUp = false;
    const starting = launchUndriven([pages.counter('Alpha')], { profile }).finally(() => {
      isUp = true;
    });
    starting.catch(() => undefined);
    const browser = await startedBrowserOf(profile);
    const stop = async () => {
      const renderers = await having('--type=renderer', browser);
      if (renderers.length < number) return isUp;
      for (const pid of renderers) sendSignal(pid, 'SIGSTOP');
      return true;
    };
    await expect.poll(stop, { intervals: [5], timeout: 60_000 }).toBe(true);
    const undriven = await starting;
    await expect.poll(() => undriven.tabs()).toHaveLength(1);
  });
}

async function dismissNotices(undriven: Undriven): Promise<void> {
  await expect
    .poll(async () => {
      await undriven.inShell(`document.querySelector('[aria-label="Dismiss"]')?.click()`);
      return undriven.shellText();
    })
    .not.toContain('from outside');
}

test('the browser ends completely when everything else is stopped while its window closes', async ({
  launchUndriven,
  pages,
}) => {
  const undriven = await launchUndriven([pages.counter('Alpha'), pages.counter('Beta')]);
  await expect.poll(() => guardedOf(undriven).then((all) => all.length)).toBe(8);
  await expect.poll(() => having(argumentOfPlugin, undriven.pid)).toHaveLength(1);
  const family = await familyOf(undriven.pid);
  for (const pid of family) if (pid !== undriven.pid) process.kill(pid, 'SIGSTOP');
  await undriven.closeWindow();
  await undriven.ended();
  await expect.poll(() => aliveOf(family)).toEqual([]);
});

test('the browser ends cleanly when everything but the watchdog is stopped after its last step', async ({
  launchUndriven,
  pages,
  folder,
}) => {
  const undriven = await launchUndriven([pages.counter('Alpha')]);
  await expect.poll(() => guardedOf(undriven).then((all) => all.length)).toBe(8);
  const family = await familyOf(undriven.pid);
  const stopped = (await guardedOf(undriven)).filter(([name]) => name !== 'watchdog').map(([, pid]) => pid);
  await undriven.evaluate(({ app, BaseWindow }, pids) => {
    app.once('quit', () => {
      for (const pid of pids) process.kill(pid, 'SIGSTOP');
    });
    setImmediate(() =>
      BaseWindow.getAllWindows()
        .find((each) => each.isVisible())
        ?.close(),
    );
  }, stopped);
  await undriven.ended();
  expect(undriven.exitCode).toBe(0);
  await expect.poll(() => aliveOf(family)).toEqual([]);
  expect(await readdir(`${folder}/temporary-undriven`)).toEqual([]);
});

test('the browser ends when a zygote is stopped and the watchdog is killed after its last step', async ({
  launchUndriven,
  pages,
  folder,
}) => {
  const profile = `${folder}/profile`;
  const undriven = await launchUndriven([pages.counter('Alpha')], { profile });
  await expect.poll(() => guardedOf(undriven).then((all) => all.length)).toBe(8);
  const family = await familyOf(undriven.pid);
  const guarded = await guardedOf(undriven);
  const pidsOf = (kind: string) => guarded.flatMap(([name, pid]) => (name === kind ? pid : []));
  await undriven.evaluate(
    ({ BaseWindow }, { zygotes, watchdogs }) => {
      process.on('exit', () => {
        for (const pid of zygotes) process.kill(pid, 'SIGSTOP');
        for (const pid of watchdogs) process.kill(pid, 'SIGKILL');
      });
      setImmediate(() =>
        BaseWindow.getAllWindows()
          .find((each) => each.isVisible())
          ?.close(),
      );
    },
    { zygotes: pidsOf('zygote'), watchdogs: pidsOf('watchdog') },
  );
  await undriven.ended();
  await launchUndriven([], { profile });
  await expect.poll(() => aliveOf(family)).toEqual([]);
});

test('a stopped zygote, broker and watchdog of a killed browser are ended by the next start', async ({
  launchUndriven,
  pages,
  folder,
}) => {
  const profile = `${folder}/profile`;
  const before = await launchUndriven([pages.counter('Alpha')], { profile });
  await expect.poll(() => guardedOf(before).then((all) => all.length)).toBe(8);
  const kinds = ['zygote', 'watchdog', 'broker of the network service'];
  const stopped = (await guardedOf(before)).filter(([name]) => kinds.includes(name));
  const family = await familyOf(before.pid);
  for (const [, pid] of stopped) process.kill(pid, 'SIGSTOP');
  process.kill(before.pid, 'SIGKILL');
  await launchUndriven([], { profile });
  await expect.poll(() => aliveOf(family)).toEqual([]);
});

test('closing the window while a snapshot is taken ends the browser cleanly', async ({ launchUndriven, pages }) => {
  const undriven = await launchUndriven([pages.counter('Alpha'), pages.counter('Beta')]);
  await expect.poll(() => undriven.tabs()).toHaveLength(2);
  // The snapshot arrives when the GPU process continues.
  await undriven.evaluate(({ app }) => {
    const gpu = app.getAppMetrics().find(({ type }) => type === 'GPU');
    if (gpu) process.kill(gpu.pid, 'SIGSTOP');
  });
  await undriven.inShell(`document.querySelectorAll('[role=tab]')[1].click()`);
  await undriven.closeWindow();
  await undriven.ended();
  expect(undriven.exitCode, undriven.log).toBe(0);
});
