import { expect, test } from './test.ts';

const opening = (address: string) => `
<button onclick="window.child = window.open('${address}')">with opener</button>
<button onclick="window.open('${address}', '', 'noopener')">without opener</button>
<a href="${address}" target="_blank">link</a>`;

test("a window that keeps its opener shares the opener's process, and the shell says so", async ({ share, pages }) => {
  const child = pages.html('Child', '<p>child</p>');
  const opener = pages.html('Opener', opening(child));
  const bulkhead = await share([opener, pages.counter('Stranger')]);
  const page = await bulkhead.page(opener);
  await page.getByRole('button', { name: 'with opener' }).click();

  // Right behind its opener, and active.
  await expect(bulkhead.tabs).toHaveText([/Opener/, /Child/, /Stranger/]);
  await expect(bulkhead.tab('Child')).toHaveAttribute('aria-selected', 'true');
  expect(await bulkhead.pidOfTab('Child')).toBe(await bulkhead.pidOfTab('Opener'));
  await expect(bulkhead.tab('Child')).toHaveAttribute('title', /Shares its process with 1 other tab/);
  await expect(bulkhead.tab('Opener')).toHaveAttribute('title', /Shares its process with 1 other tab/);
  await expect(bulkhead.tab('Stranger')).not.toHaveAttribute('title', /Shares/);
  await bulkhead.button('What the machine sees of this tab').click();
  const card = bulkhead.shell.getByRole('dialog', { name: 'What the machine sees of this tab' });
  await expect(card.getByRole('listitem')).toHaveText(['Opener']);
  await bulkhead.shell.keyboard.press('Escape');

  // The connection is real: the opener can access the window.
  await expect.poll(() => page.evaluate('window.child.document.title')).toBe('Child');

  // One row of the process list, with both tabs in it.
  await bulkhead.open('bulkhead://processes');
  const processes = await bulkhead.page('bulkhead://processes');
  const row = processes.locator(`[data-pid="${await bulkhead.pidOfTab('Opener')}"]`);
  await expect(row).toContainText('2 tabs share it');
  await expect(row.getByRole('button', { name: 'Opener', exact: true })).toBeVisible();
  await row.getByRole('button', { name: 'Child', exact: true }).click();
  await expect(bulkhead.tab('Child')).toHaveAttribute('aria-selected', 'true');

  // They end together, for the same reason, and the sad tabs say so. The unrelated tab is not affected.
  const stranger = await bulkhead.pidOfTab('Stranger');
  await bulkhead.activate('Opener');
  await bulkhead.go('bulkhead://tab-malformed-message');
  for (const title of ['Opener', 'Child']) {
    await bulkhead.activate(title);
    await expect(bulkhead.insteadOfPage).toContainText('This tab was ended for a bad message');
    await expect(bulkhead.insteadOfPage).toContainText('SIGKILL');
    await expect(bulkhead.insteadOfPage).toContainText('The tabs that shared this process ended with it');
  }
  expect(await bulkhead.pidOfTab('Stranger')).toBe(stranger);
  await bulkhead.activate('Stranger');
  await expect(bulkhead.insteadOfPage).toHaveCount(0);
});

for (const way of ['without opener', 'link']) {
  test(`a window opened ${way === 'link' ? 'by a link' : way} has a process of its own`, async ({ share, pages }) => {
    const child = pages.html('Child', '<p>child</p>');
    const opener = pages.html('Opener', opening(child));
    const bulkhead = await share([opener]);
    await (await bulkhead.page(opener)).getByText(way, { exact: true }).click();
    await expect(bulkhead.tab('Child')).toHaveAttribute('aria-selected', 'true');
    expect(await bulkhead.pidOfTab('Child')).not.toBe(await bulkhead.pidOfTab('Opener'));
    await expect(bulkhead.tab('Child')).not.toHaveAttribute('title', /Shares/);
    expect(await (await bulkhead.page(child)).evaluate(() => window.opener)).toBeNull();
  });
}

test('a hidden tab opened by a page cannot crash the browser with autofill suggestions', async ({
  launchUndriven,
  pages,
}) => {
  // The press lets its script request them while the tab is hidden.
  const opened = pages.html(
    'Opened',
    `<button>press</button><input list="words"><datalist id="words"><option>one<option>two</datalist>
    <script>addEventListener('visibilitychange', () => {
      if (!document.hidden) return;
      const field = document.querySelector('input');
      field.focus();
      setTimeout(() => { field.showPicker(); document.title = 'Suggested'; }, 200);
    })</script>`,
  );
  const opener = pages.html('Opener', `<button onclick="window.open('${opened}')">open</button>`);
  const bulkhead = await launchUndriven([opener]);
  await bulkhead.click(opener, 'button');
  await bulkhead.click(opened, 'button');
  await bulkhead.inShell(`document.querySelector('[role=tab]').click()`);
  await expect
    .poll(() => bulkhead.tabs())
    .toEqual([expect.stringContaining('Opener'), expect.stringContaining('Suggested')]);
  await bulkhead.closeWindow();
  await bulkhead.ended();
  expect(bulkhead.exitCode, bulkhead.log).toBe(0);
});

test('a page keeps no handle on a tab that went to an internal page', async ({ launch, pages }) => {
  const child = pages.html('Child', '<p>child</p>');
  const opener = pages.html('Opener', opening(child));
  const bulkhead = await launch(['bulkhead://newtab']);
  await bulkhead.go(opener);
  await (await bulkhead.page(opener)).getByRole('button', { name: 'with opener' }).click();
  await expect(bulkhead.tab('Child')).toHaveAttribute('aria-selected', 'true');
  const page = await bulkhead.page(child);
  expect(await page.evaluate('opener.closed')).toBe(false);
  // Its first page was loaded again, and would otherwise be accessible.
  await bulkhead.activate('Opener');
  await bulkhead.button('Back').click();
  await expect(bulkhead.tab('New tab')).toBeVisible();
  await expect.poll(() => page.evaluate('opener === null || opener.closed')).toBe(true);
});
