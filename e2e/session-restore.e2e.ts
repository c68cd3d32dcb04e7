import { once } from 'node:events';
import { serve } from './server.ts';
import { entriesOnDisk, killBrowser, killUndriven, onDisk, seenIn, signalBrowser } from './session.ts';
import { expect, test } from './test.ts';

test('a killed browser leaves nothing running, and the next start has every tab, each loaded when first shown', async ({
  launch,
  pages,
  folder,
}) => {
  const profile = `${folder}/profile`;
  const [alpha, beta, gamma] = [pages.counter('Alpha'), pages.counter('Beta'), pages.counter('Gamma')];
  const before = await launch([alpha, beta], { profile });
  await before.open(gamma);
  await expect(before.tab('Gamma')).toBeVisible();
  await before.button('New tab').click();
  await before.activate('Beta');
  const session = { titles: ['Alpha', 'Beta', 'Gamma', 'New tab'], active: 'Beta' };
  await expect.poll(() => onDisk(profile), { intervals: [20] }).toEqual(session);
  await killBrowser(before);

  const after = await launch([], { profile });
  await expect.poll(() => seenIn(after)).toEqual(session);
  await expect(after.statusBar).toContainText('Bulkhead did not end properly. 4 tabs are back.');
  await after.button('Dismiss').click();
  await expect(after.statusBar).not.toContainText('did not end properly');
  await expect(after.address).toHaveValue(beta);
  await after.pidOfTab('Beta');
  for (const title of ['Alpha', 'Gamma', 'New tab']) {
    await expect(after.tab(title)).not.toHaveAttribute('title', /Process/);
  }
  await after.activate('Alpha');
  await expect(after.address).toHaveValue(alpha);
  await after.pidOfTab('Alpha');
  await after.showFigures();
  await expect(after.statusBar).toContainText(/[1-9]\d* beats/);
  await expect(after.tab('Gamma')).not.toHaveAttribute('title', /Process/);

  // A second kill, with tabs that were not loaded in between.
  await expect.poll(() => onDisk(profile)).toEqual({ ...session, active: 'Alpha' });
  await killBrowser(after);
  const last = await launch([], { profile });
  await expect.poll(() => seenIn(last)).toEqual({ ...session, active: 'Alpha' });
});

test('addresses of the next start are opened in addition, and the first of them is active', async ({
  launch,
  pages,
  folder,
}) => {
  const profile = `${folder}/profile`;
  const before = await launch([pages.counter('Alpha'), pages.counter('Beta')], { profile });
  await expect.poll(() => onDisk(profile)).toEqual({ titles: ['Alpha', 'Beta'], active: 'Alpha' });
  await killBrowser(before);
  const after = await launch([pages.counter('Gamma'), pages.counter('Delta')], { profile });
  await expect.poll(() => seenIn(after)).toEqual({ titles: ['Alpha', 'Beta', 'Gamma', 'Delta'], active: 'Gamma' });
  await expect(after.tab('Alpha')).not.toHaveAttribute('title', /Process/);
  // A sleeping tab can be loaded without being activated.
  await after.tab('Alpha').click({ button: 'right' });
  await after.shell.getByRole('menuitem', { name: 'Reload' }).click();
  await after.pidOfTab('Alpha');
  await expect(after.tab('Gamma')).toHaveAttribute('aria-selected', 'true');
});

test('a browser ended by a signal restores its session', async ({ launch, pages, folder }) => {
  const profile = `${folder}/profile`;
  const session = { titles: ['Alpha', 'Beta'], active: 'Alpha' };
  let addresses = [pages.counter('Alpha'), pages.counter('Beta')];
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const before = await launch(addresses, { profile });
    await expect.poll(() => seenIn(before)).toEqual(session);
    await signalBrowser(before, signal);
    addresses = [];
  }
  const after = await launch(addresses, { profile });
  await expect.poll(() => seenIn(after)).toEqual(session);
});

test('a bug that ends the browser costs no tab', async ({ launch, pages, folder }) => {
  const profile = `${folder}/profile`;
  const addresses = [pages.counter('Alpha'), pages.counter('Beta')];
  const before = await launch(addresses, { profile, bugExpected: true });
  await before.activate('Beta');
  const browser = before.application.process();
  const ended = once(browser, 'exit');
  await before.application.evaluate(() => {
    setImmediate(() => {
      throw new Error('thrown by the test');
    });
  });
  expect(await ended).toEqual([70, null]);
  const after = await launch([], { profile });
  await expect.poll(() => seenIn(after)).toEqual({ titles: ['Alpha', 'Beta'], active: 'Beta' });
});

test('a session that the user ended is not restored automatically, but can be reopened', async ({
  launch,
  pages,
  folder,
}) => {
  const profile = `${folder}/profile`;
  const before = await launch([pages.counter('Alpha'), pages.counter('Beta')], { profile });
  await before.activate('Beta');
  await before.application.close();

  const after = await launch([], { profile });
  await expect.poll(() => seenIn(after)).toEqual({ titles: ['New tab'], active: 'New tab' });
  await after.press('bulkhead://newtab', 'T', 'control', 'shift');
  await expect.poll(() => seenIn(after)).toEqual({ titles: ['Alpha', 'Beta', 'New tab'], active: 'Beta' });
  await expect(after.tab('Alpha')).not.toHaveAttribute('title', /Process/);
});

test('closed tabs reopen at their places, the last one first', async ({ launch, pages }) => {
  const [alpha, beta, gamma] = [pages.counter('Alpha'), pages.counter('Beta'), pages.counter('Gamma')];
  const bulkhead = await launch([alpha, beta, gamma]);
  await expect.poll(() => seenIn(bulkhead)).toEqual({ titles: ['Alpha', 'Beta', 'Gamma'], active: 'Alpha' });
  for (const title of ['Beta', 'Alpha']) {
    await bulkhead.tab(title).click({ button: 'middle' });
    await expect(bulkhead.tab(title)).toHaveCount(0);
  }
  await bulkhead.press(gamma, 'T', 'control', 'shift');
  await expect.poll(() => seenIn(bulkhead)).toEqual({ titles: ['Alpha', 'Gamma'], active: 'Alpha' });
  await bulkhead.pidOfTab('Alpha');
  await bulkhead.press(alpha, 'T', 'control', 'shift');
  await expect.poll(() => seenIn(bulkhead)).toEqual({ titles: ['Alpha', 'Beta', 'Gamma'], active: 'Beta' });
});

test('pinned tabs come first, and are pinned again after a kill', async ({ launch, pages, folder }) => {
  const profile = `${folder}/profile`;
  const before = await launch(['Alpha', 'Beta', 'Gamma'].map(pages.counter), { profile });
  await before.tab('Gamma').click({ button: 'right' });
  await before.shell.getByRole('menuitem', { name: 'Pin tab' }).click();
  const session = { titles: ['Gamma', 'Alpha', 'Beta'], active: 'Alpha' };
  await expect.poll(() => seenIn(before)).toEqual(session);
  await expect.poll(() => onDisk(profile)).toEqual(session);
  await killBrowser(before);

  const after = await launch([], { profile });
  await expect.poll(() => seenIn(after)).toEqual(session);
  const choose = async (index: number, item: string) => {
    await after.tabs.nth(index).click({ button: 'right' });
    await after.shell.getByRole('menuitem', { name: item, exact: true }).click();
  };
  await choose(2, 'Pin tab');
  await choose(0, 'Unpin tab');
  // The unpinned tab is the first of the others.
  await expect.poll(() => seenIn(after)).toEqual({ titles: ['Beta', 'Gamma', 'Alpha'], active: 'Alpha' });
  await expect(after.tabs.first()).not.toHaveAttribute('title', /Process/);

  // A tab that was the first when it was closed reopens behind tabs that were pinned since.
  await choose(0, 'Unpin tab');
  await after.tabs.first().click({ button: 'middle' });
  await expect.poll(() => seenIn(after)).toEqual({ titles: ['Gamma', 'Alpha'], active: 'Alpha' });
  await choose(0, 'Pin tab');
  await after.press(pages.counter('Alpha'), 'T', 'control', 'shift');
  await expect.poll(() => seenIn(after)).toEqual({ titles: ['Gamma', 'Beta', 'Alpha'], active: 'Beta' });
});

test('a restored tab goes back and forward through its earlier history', async ({ launch, pages, folder }) => {
  const profile = `${folder}/profile`;
  const names = ['One', 'Two', 'Three'];
  const [one = '', ...others] = names.map(pages.counter);
  const before = await launch([one], { profile });
  await expect(before.tab('One')).toBeVisible();
  for (const [index, address] of others.entries()) {
    await before.go(address);
    await expect(before.tab(names[index + 1] ?? '')).toBeVisible();
  }
  await expect.poll(() => onDisk(profile)).toEqual({ titles: ['Three'], active: 'Three' });
  await before.button('Back').click();
  await expect.poll(() => onDisk(profile)).toEqual({ titles: ['Two'], active: 'Two' });
  await killBrowser(before);

  const after = await launch([], { profile });
  await expect(after.tab('Two')).toBeVisible();
  const shows = async (name: string, back: boolean, forward: boolean) => {
    await expect(after.tab(name)).toBeVisible();
    await expect(after.button('Back')).toBeEnabled({ enabled: back });
    await expect(after.button('Forward')).toBeEnabled({ enabled: forward });
  };
  await shows('Two', true, true);
  await after.button('Back').click();
  await shows('One', false, true);
  await after.button('Forward').click();
  await shows('Two', true, true);
  await after.button('Forward').click();
  await shows('Three', true, false);
  await expect.poll(() => onDisk(profile)).toEqual({ titles: ['Three'], active: 'Three' });
  // The next start has the same history.
  await after.button('Back').click();
  await shows('Two', true, true);
  await expect.poll(() => onDisk(profile)).toEqual({ titles: ['Two'], active: 'Two' });
  await killBrowser(after);
  const last = await launch([], { profile });
  await expect(last.tab('Two')).toBeVisible();
  await last.button('Forward').click();
  await expect(last.tab('Three')).toBeVisible();
});

test('a restored page that fails at first is loaded by Reload, at its place in the history', async ({
  launch,
  pages,
  folder,
}) => {
  const profile = `${folder}/profile`;
  const answer: Parameters<typeof serve>[0] = (_request, response) =>
    void response.setHeader('Content-Type', 'text/html').end('<title>Up</title>');
  const first = await serve(answer);
  const before = await launch([pages.counter('One')], { profile });
  await expect(before.tab('One')).toBeVisible();
  await before.go(`${first.origin}/up`);
  await expect.poll(() => onDisk(profile)).toEqual({ titles: ['Up'], active: 'Up' });
  await killBrowser(before);
  await first[Symbol.asyncDispose]();

  const after = await launch([], { profile });
  await expect(after.insteadOfPage).toContainText('ERR_CONNECTION_REFUSED');
  await after.insteadOfPage.getByRole('button', { name: 'Reload' }).click();
  await expect(after.insteadOfPage).toContainText('ERR_CONNECTION_REFUSED');
  await using _again = await serve(answer, first.port);
  await after.insteadOfPage.getByRole('button', { name: 'Reload' }).click();
  await expect(after.insteadOfPage).toHaveCount(0);
  await expect(after.tab('Up')).toBeVisible();
  await after.button('Back').click();
  await expect(after.tab('One')).toBeVisible();
  await expect(after.button('Back')).toBeDisabled();
  await after.button('Forward').click();
  await expect(after.tab('Up')).toBeVisible();
  await expect(after.button('Forward')).toBeDisabled();
});

test('a page of an earlier session cannot close a tab that has something to go back to', async ({
  launchUndriven,
  pages,
  folder,
}) => {
  const profile = `${folder}/profile`;
  const [first, second] = [pages.html('First', '<a href="#">first</a>'), pages.html('Second', 'second')];
  const before = await launchUndriven([first], { profile });
  await expect.poll(() => before.tabs()).toEqual([expect.stringContaining('First')]);
  await before.go(second);
  await expect.poll(() => onDisk(profile)).toEqual({ titles: ['Second'], active: 'Second' });
  process.kill(before.pid, 'SIGKILL');
  await before.ended();

  const after = await launchUndriven([], { profile });
  await expect.poll(() => after.tabs()).toEqual([expect.stringContaining('Second')]);
  const idOf = () => after.inShell<string>(`document.querySelector('[role=tab]').id`);
  const id = await idOf();
  await after.inPage(second, 'setTimeout(() => window.close()); 1');
  await expect.poll(idOf).not.toBe(id);
  await expect.poll(() => after.tabs()).toEqual([expect.stringContaining('Second')]);
  await expect.poll(() => after.pages()).toEqual([second]);
  await after.press(second, 'Left', 'alt');
  await expect.poll(() => after.tabs()).toEqual([expect.stringContaining('First')]);
});

test("a page's source is still the source at the next start, also in the history of other pages", async ({
  launchUndriven,
  pages,
  folder,
}) => {
  const profile = `${folder}/profile`;
  const [first, page, other] = [pages.html('First', '1'), pages.html('Page', '2'), pages.html('Other', '3')];
  const source = `view-source:${page}`;
  const before = await launchUndriven([first], { profile });
  const comes = (undriven: typeof before, address: string) =>
    expect.poll(() => undriven.pages(), `${address}${undriven === before ? '' : ' again'}`).toEqual([address]);
  await comes(before, first);
  for (const address of [source, other, source]) {
    await before.go(address);
    await comes(before, address);
    // The shell has received it, too: the next address is typed over it.
    await expect.poll(() => before.address(), 'the address bar').toBe(address);
    await expect
      .poll(() =>
        before.evaluate(({ webContents }) => webContents.getAllWebContents().some((each) => each.isLoading())),
      )
      .toBe(false);
    // The last address is in the list twice.
    await expect.poll(() => entriesOnDisk(profile)).toMatchObject([{ address }]);
  }
  await killUndriven(before, { address: source });

  const after = await launchUndriven([], { profile });
  await comes(after, source);
  expect(await after.address()).toBe(source);
  for (const address of [other, source, first]) {
    await after.press('bulkhead://shell', 'Left', 'alt');
    await comes(after, address);
  }
  await after.press('bulkhead://shell', 'Right', 'alt');
  await comes(after, source);
  await after.press('bulkhead://shell', 'F5');
  await comes(after, source);
});
