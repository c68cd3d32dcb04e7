import { expect, test } from './test.ts';

test('Bulkhead’s own pages have a strict policy, and run only their own scripts', async ({ launch }) => {
  const hosts = [
    'newtab',
    'processes',
    'no-such-page',
    'ports',
    'history',
    'settings',
    'isolation',
    'frames',
    'ipc-lab',
  ];
  const bulkhead = await launch(hosts.map((host) => `bulkhead://${host}`));
  await expect(bulkhead.tabs).toHaveText([
    /New tab/,
    /Processes/,
    /No such page/,
    /Ports/,
    /History/,
    /Settings/,
    /Isolation/,
    /Frames/,
    /IPC lab/,
  ]);
  const addresses = ['shell', ...hosts].map((host) => `bulkhead://${host}/`);
  for (const address of addresses) {
    const policy = await bulkhead.application.evaluate(async ({ session }, url) => {
      const own = url.startsWith('bulkhead://shell') ? session.fromPartition('shell') : session.defaultSession;
      const response = await own.fetch(url);
      return { status: response.status, csp: response.headers.get('content-security-policy')?.split('; ') };
    }, address);
    expect(policy.status, address).toBe(200);
    expect(policy.csp, address).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
      ]),
    );
    expect(policy.csp?.join(), address).not.toMatch(/unsafe|\*|https?:/);

    const page = address.includes('shell') ? bulkhead.shell : await bulkhead.page(address);
    const attempts = await page.evaluate(async () => {
      const attempt = (act: () => void) => {
        try {
          act();
          return 'done';
        } catch {
          return 'refused'; // expected
        }
      };
      const html = attempt(() => {
        document.createElement('div').innerHTML = '<b>set</b>';
      });
      const handler = attempt(() => document.createElement('img').setAttribute('onerror', 'globalThis.ran = true'));
      const source = attempt(() => {
        document.createElement('script').text = 'globalThis.ran = true';
      });
      const fetched = await fetch(location.href).then(
        () => 'fetched',
        () => 'refused',
      );
      const node = 'require' in globalThis || 'process' in globalThis;
      return { html, handler, source, fetched, ran: 'ran' in globalThis, node };
    });
    expect(attempts, address).toEqual({
      html: 'refused',
      handler: 'refused',
      source: 'refused',
      fetched: 'refused',
      ran: false,
      node: false,
    });
  }
});

test('Bulkhead’s own pages and its window cause no error, no warning and no policy violation', async ({
  launch,
  pages,
}) => {
  const bulkhead = await launch(['bulkhead://newtab', pages.counter('Alpha')]);
  const complaints: string[] = [];
  bulkhead.application.context().on('console', (message) => {
    const address = message.page()?.url() ?? '';
    if (address.startsWith('bulkhead:') && ['error', 'warning'].includes(message.type())) {
      complaints.push(`${address}: ${message.text()}`);
    }
  });
  bulkhead.application.context().on('weberror', (error) => complaints.push(String(error.error())));
  await expect(bulkhead.tab('New tab')).toBeVisible();
  const start = await bulkhead.page('bulkhead://newtab');
  await start.reload();
  await start.getByRole('link', { name: /^Processes/ }).click();
  const processes = await bulkhead.page('bulkhead://processes');
  await processes.getByRole('columnheader', { name: 'Memory', exact: true }).getByRole('button').click();
  await expect(processes.getByRole('row')).not.toHaveCount(0);
  for (const host of ['ports', 'history', 'settings']) {
    await bulkhead.go(`bulkhead://${host}`);
    await expect((await bulkhead.page(`bulkhead://${host}`)).getByRole('heading', { level: 1 })).toBeVisible();
  }
  await bulkhead.button('What the machine sees of this tab').click();
  await bulkhead.shell.keyboard.press('Escape');
  await bulkhead.activate('Alpha');
  await bulkhead.button('Kill this tab').click();
  await bulkhead.insteadOfPage.getByRole('button', { name: 'Reload' }).click();
  await expect(bulkhead.insteadOfPage).toHaveCount(0);
  await bulkhead.shell.reload();
  await expect(bulkhead.tabs).toHaveText([/Settings/, /Alpha/]);
  expect(complaints).toEqual([]);
});
