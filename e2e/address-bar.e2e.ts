import { expect, test } from './test.ts';

test('an address typed without its scheme opens the page in the same tab', async ({ share, pages }) => {
  const bulkhead = await share([pages.counter('Alpha')]);
  await expect(bulkhead.tab('Alpha')).toBeVisible();
  const beta = pages.counter('Beta');
  await bulkhead.go(beta.replace('http://', ''));
  await expect(bulkhead.tabs).toHaveText([/Beta/]);
  await expect(bulkhead.address).toHaveValue(beta);
});

test('words are searched for; other texts are refused with a reason, and stay in the field for correction', async ({
  launch,
  pages,
}) => {
  const bulkhead = await launch([pages.counter('Alpha')]);
  await expect(bulkhead.tab('Alpha')).toBeVisible();
  // No request of this test leaves the machine.
  await bulkhead.application.evaluate(({ session }) =>
    session.defaultSession.webRequest.onBeforeRequest({ urls: ['https://*/*'] }, (_request, decide) =>
      decide({ cancel: true }),
    ),
  );
  const refused = bulkhead.shell.getByRole('alert');
  for (const [typed, words] of [
    ['javascript:document.title="run"', 'runs no scripts from the address bar'],
    ['mailto:ada@example.org', 'opens no mailto: addresses'],
    ['smb://fileserver/share', 'opens no smb: addresses'],
    ['http://devbox:abc/', 'may name a computer in your network'],
    ['ada:secret@!devbox', 'seems to contain a password'],
    ['C:\\Users\\ada', 'This is a path of Windows'],
    ['a chat log '.repeat(500), 'too long to search for'],
    ['말'.repeat(120_000), 'The limit is 65,536 characters.'],
    [`https://a.example/${'x'.repeat(66_000)}`, 'The limit is 65,536 characters.'],
  ] as const) {
    await bulkhead.go(typed);
    await expect(refused).toContainText(words);
    await expect(bulkhead.address).toHaveValue(typed);
  }
  await expect(bulkhead.tab('run')).toHaveCount(0);
  await bulkhead.address.press('Escape');
  await expect(refused).toHaveCount(0);
  await expect(bulkhead.address).toHaveValue(`${pages.origin}/Alpha`);

  await bulkhead.go('what is a bulkhead?');
  await expect(bulkhead.address).toHaveValue('https://duckduckgo.com/?q=what%20is%20a%20bulkhead%3F');
});

test('typed text stays with its tab, and Escape discards it', async ({ share, pages }) => {
  const bulkhead = await share([pages.counter('Alpha'), pages.counter('Beta')]);
  await expect(bulkhead.tabs).toHaveText([/Alpha/, /Beta/]);
  await bulkhead.address.fill('half a thou');
  await bulkhead.activate('Beta');
  await expect(bulkhead.address).toHaveValue(`${pages.origin}/Beta`);
  await bulkhead.activate('Alpha');
  await expect(bulkhead.address).toHaveValue('half a thou');
  await bulkhead.address.press('Escape');
  await expect(bulkhead.address).toHaveValue(`${pages.origin}/Alpha`);
});

test('names and paths are shown in their own script, and copied and opened unchanged', async ({ share, pages }) => {
  const { port } = new URL(pages.html('길', '<p>길</p>'));
  const bulkhead = await share([pages.counter('Alpha')]);
  await expect(bulkhead.tab('Alpha')).toBeVisible();
  const real = `http://xn--bj0bj06e.localhost:${port}/%EA%B8%B8?q=%ED%95%9C%EA%B5%AD%20%2F`;
  const shown = `http://한글.localhost:${port}/길?q=한국%20%2F`;
  for (const typed of [shown, real]) {
    await bulkhead.go(typed);
    await expect(bulkhead.tab('길')).toBeVisible();
    await expect(bulkhead.address).toHaveValue(shown);
    await expect(bulkhead.address).toHaveAttribute('title', real);
    await bulkhead.address.focus();
    const copied = await bulkhead.address.evaluate((field: HTMLInputElement) => {
      field.select();
      const data = new DataTransfer();
      field.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, cancelable: true, bubbles: true }));
      return data.getData('text/plain');
    });
    expect(copied).toBe(real);
    // Enter without a change loads the same address again.
    await bulkhead.address.press('Enter');
    await expect(bulkhead.address).toHaveValue(shown);
  }
  await bulkhead.go(`bücher.localhost:${port}/길`);
  await expect(bulkhead.address).toHaveValue(`http://bücher.localhost:${port}/길`);
  // Two of these letters are Cyrillic.
  await bulkhead.go(`http://gооgle.localhost:${port}/길`);
  await expect(bulkhead.address).toHaveValue(`http://xn--ggle-55da.localhost:${port}/길`);

  // A visited page is found by both forms, and offered in the readable one.
  await bulkhead.address.fill('한글.local');
  await expect(bulkhead.shell.getByRole('listbox')).toContainText(shown);
});

test('typed text replaces an address that the page has changed meanwhile', async ({ share, pages }) => {
  const bulkhead = await share([pages.counter('Alpha')]);
  const page = await bulkhead.page(pages.counter('Alpha'));
  await bulkhead.address.focus();
  for (const place of ['#first', '#second-place']) {
    await page.evaluate((hash) => {
      location.hash = hash;
    }, place);
    await expect(bulkhead.address).toHaveValue(`${pages.counter('Alpha')}${place}`);
  }
  await bulkhead.shell.keyboard.type('typed');
  await expect(bulkhead.address).toHaveValue('typed');
});

test('a pasted text of several lines becomes one line, and a broken address is joined', async ({ share, pages }) => {
  const bulkhead = await share([pages.counter('Alpha')]);
  await expect(bulkhead.tab('Alpha')).toBeVisible();
  for (const [pasted, line] of [
    ['first line\nsecond line', 'first line second line'],
    ['https://a.example/\npath', 'https://a.example/path'],
  ] as const) {
    await bulkhead.address.fill('');
    await bulkhead.address.evaluate((field, text) => {
      const data = new DataTransfer();
      data.setData('text/plain', text);
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, cancelable: true, bubbles: true }));
    }, pasted);
    await expect(bulkhead.address).toHaveValue(line);
  }
});
