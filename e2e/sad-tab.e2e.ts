import type { Bulkhead } from './bulkhead.ts';
import { isAlive } from './system.ts';
import { expect, test } from './test.ts';
import { Witness } from './witness.ts';

interface Fault {
  name: string;
  /** Texts of the sad tab. */
  says: string[];
  cause(bulkhead: Bulkhead, pid: number, address: string): unknown;
}

/** Opens Chromium's own pages that end their process, as a fault inside the engine would. */
const crashFromInside = (bulkhead: Bulkhead, _pid: number, address: string) =>
  bulkhead.application.evaluate(
    ({ webContents }, url) =>
      webContents
        .getAllWebContents()
        .find((contents) => contents.getURL() === url)
        ?.forcefullyCrashRenderer(),
    address,
  );

const killed = "This tab's process was killed";
const faults: Fault[] = [
  { name: 'kill -9', says: [killed, 'SIGKILL'], cause: (_bulkhead, pid) => process.kill(pid, 'SIGKILL') },
  { name: 'kill -TERM', says: [killed, 'SIGTERM'], cause: (_bulkhead, pid) => process.kill(pid, 'SIGTERM') },
  { name: 'kill -ABRT', says: [killed, 'SIGABRT'], cause: (_bulkhead, pid) => process.kill(pid, 'SIGABRT') },
  { name: 'a crash from inside', says: ['This tab crashed', 'SIGSEGV'], cause: crashFromInside },
  {
    name: 'the button "Kill this tab"',
    says: [killed, 'SIGKILL'],
    cause: (bulkhead) => bulkhead.button('Kill this tab').click(),
  },
];

for (const { name, says, cause } of faults) {
  test(`after ${name} the tab is a sad tab that can be reloaded, and no other tab is harmed`, async ({
    share,
    pages,
  }) => {
    const start = pages.counter('Start');
    const victim = pages.counter('Victim');
    const bulkhead = await share([start, pages.counter('Alpha'), pages.counter('Beta')]);
    // The victim has a history to keep.
    await expect(bulkhead.tab('Start')).toBeVisible();
    await bulkhead.go(victim);
    await expect(bulkhead.tab('Victim')).toBeVisible();
    await (await bulkhead.page(victim)).getByLabel('Note').fill('lost with its process');
    const witnesses = [
      await Witness.of(bulkhead, 'Alpha', `${pages.origin}/Alpha`),
      await Witness.of(bulkhead, 'Beta', `${pages.origin}/Beta`),
    ];
    const plugin = await bulkhead.pidOfPlugin();
    const shell = await bulkhead.shell.evaluate(() => performance.timeOrigin);
    const pid = await bulkhead.pidOfTab('Victim');

    await cause(bulkhead, pid, victim);
    await expect(bulkhead.insteadOfPage).toBeVisible();
    for (const text of [...says, `Process${pid}`]) await expect(bulkhead.insteadOfPage).toContainText(text);
    await expect(bulkhead.insteadOfPage).toContainText('Your other tabs have processes of their own and keep running.');
    await expect(bulkhead.statusBar).toContainText(`PID ${pid} ended`);
    await expect(bulkhead.tab('Victim')).toHaveAttribute('title', /Its process has ended/);
    await expect(bulkhead.button('Kill this tab')).toBeDisabled();
    await expect.poll(() => isAlive(pid)).toBe(false);

    for (const witness of witnesses) await witness.expectUnharmed();
    expect(await bulkhead.pidOfPlugin()).toBe(plugin);
    expect(await bulkhead.shell.evaluate(() => performance.timeOrigin)).toBe(shell);

    await bulkhead.activate('Victim');
    await bulkhead.insteadOfPage.getByRole('button', { name: 'Reload' }).click();
    await expect(bulkhead.insteadOfPage).toHaveCount(0);
    const reborn = await bulkhead.pidOfTab('Victim');
    expect(reborn).not.toBe(pid);
    expect(await isAlive(reborn)).toBe(true);
    await expect(bulkhead.statusBar).toContainText(`PID ${reborn} answers`);
    await bulkhead.button('Back').click();
    await expect(bulkhead.tab('Start')).toBeVisible();
    for (const witness of witnesses) expect(await isAlive(witness.pid)).toBe(true);
  });
}

test('a tab that is killed in the background waits as a sad tab', async ({ share, pages }) => {
  const bulkhead = await share([pages.counter('Alpha'), pages.counter('Beta')]);
  const alpha = await Witness.of(bulkhead, 'Alpha', `${pages.origin}/Alpha`);
  process.kill(await bulkhead.pidOfTab('Beta'), 'SIGKILL');
  await expect(bulkhead.tab('Beta')).toHaveAttribute('title', /Its process has ended/);
  await expect(bulkhead.insteadOfPage).toHaveCount(0);
  await alpha.expectUnharmed();

  await bulkhead.activate('Beta');
  await expect(bulkhead.insteadOfPage).toContainText('SIGKILL');
  await bulkhead.insteadOfPage.getByRole('button', { name: 'Close tab' }).click();
  await expect(bulkhead.tabs).toHaveText([/Alpha/]);
});

test('a reloaded sad tab has its scroll position back, whatever the plugin does', async ({ launch, pages }) => {
  const address = pages.html('Long', '<div style="height: 5000px"></div>');
  const bulkhead = await launch([address]);
  /** Through the browser process, because for Playwright a page whose process has ended stays dead. */
  const inPage = (script: string) =>
    bulkhead.application.evaluate(
      ({ webContents }, [url, code]) =>
        webContents
          .getAllWebContents()
          .find((contents) => contents.getURL() === url)
          ?.executeJavaScript(code),
      [address, script] as const,
    );
  process.kill(await bulkhead.pidOfPlugin(), 'SIGSTOP');
  await inPage('scrollTo(0, 1200)');
  // The page reports its scroll position a quarter of a second after it was scrolled, by the same clock.
  await inPage('new Promise((resolve) => setTimeout(resolve, 1000))');
  await bulkhead.button('Kill this tab').click();
  await bulkhead.insteadOfPage.getByRole('button', { name: 'Reload' }).click();
  await expect(bulkhead.insteadOfPage).toHaveCount(0);
  await expect.poll(() => inPage('scrollY')).toBe(1200);
});

test('the sad tab shows the snapshot of its page, or says that there is none', async ({ launch, pages }) => {
  const alpha = pages.html('Alpha', '<body style="background: rgb(200 30 30)">');
  const beta = pages.html('Beta', '<body style="background: rgb(30 30 200)">');
  const bulkhead = await launch([alpha, beta]);
  const picture = bulkhead.insteadOfPage.locator('img');
  const none = bulkhead.insteadOfPage.getByText('Snapshot');
  /** Returns the color in the middle of the snapshot. */
  const colour = () =>
    picture.evaluate(async (image: HTMLImageElement) => {
      await image.decode();
      const context = new OffscreenCanvas(1, 1).getContext('2d')!;
      context.drawImage(image, image.naturalWidth / 2, image.naturalHeight / 2, 1, 1, 0, 0, 1, 1);
      return [...context.getImageData(0, 0, 1, 1).data].map((channel) => Math.round(channel / 50));
    });
  const kill = async (title: string) => process.kill(await bulkhead.pidOfTab(title), 'SIGKILL');
  /**
   * Waits until Alpha is red on the screen. Through the browser process, because for Playwright an ended page stays
   * dead.
   */
  const isPainted = () =>
    bulkhead.application.evaluate(async ({ webContents }, url) => {
      const image = await webContents
        .getAllWebContents()
        .find((each) => each.getURL() === url)
        ?.capturePage();
      if (!image || image.isEmpty()) return false;
      const { width, height } = image.getSize();
      const at = 4 * (width * Math.floor(height / 2) + Math.floor(width / 2));
      const [blue = 0, , red = 0] = image.toBitmap().subarray(at, at + 4);
      return red > 150 && blue < 100;
    }, alpha);
  await expect.poll(isPainted).toBe(true);

  await test.step('of a page that was hidden before it ended', async () => {
    await bulkhead.activate('Beta');
    await kill('Alpha');
    await expect(bulkhead.tab('Alpha')).toHaveAttribute('title', /Its process has ended/);
    await bulkhead.activate('Alpha');
    await expect.poll(colour).toEqual([4, 1, 1, 5]);
    await expect(none).toHaveCount(0);
  });

  await test.step('of a page that the user ends while it is shown', async () => {
    await bulkhead.insteadOfPage.getByRole('button', { name: 'Reload' }).click();
    await expect(bulkhead.insteadOfPage).toHaveCount(0);
    await expect.poll(isPainted).toBe(true);
    await bulkhead.button('Kill this tab').click();
    await expect.poll(colour).toEqual([4, 1, 1, 5]);
  });

  await test.step('none of a page that ends from outside before it was ever hidden', async () => {
    await bulkhead.insteadOfPage.getByRole('button', { name: 'Reload' }).click();
    await expect(bulkhead.insteadOfPage).toHaveCount(0);
    await kill('Alpha');
    await expect(none).toBeVisible();
    await expect(picture).toHaveCount(0);
  });
});

test('a tab that ends twice within a short time warns that its page may be the cause', async ({ share, pages }) => {
  const bulkhead = await share([pages.counter('Alpha')]);
  await bulkhead.pidOfTab('Alpha');
  await bulkhead.button('Kill this tab').click();
  await expect(bulkhead.insteadOfPage).toContainText('SIGKILL');
  await expect(bulkhead.insteadOfPage).not.toContainText('twice');
  await bulkhead.insteadOfPage.getByRole('button', { name: 'Reload' }).click();
  await bulkhead.button('Kill this tab').click();
  await expect(bulkhead.insteadOfPage).toContainText('It ended twice within ten seconds.');
  await bulkhead.insteadOfPage.getByRole('button', { name: 'Open the start page' }).click();
  await expect(bulkhead.tab('New tab')).toBeVisible();
  await expect(bulkhead.insteadOfPage).toHaveCount(0);
});
