import { expect, test } from './test.ts';

test('an address typed without its scheme opens the page in the same tab', async ({ launch, pages }) => {
  const bulkhead = await launch([pages.counter('Alpha')]);
  await expect(bulkhead.tab('Alpha')).toBeVisible();
  const beta = pages.counter('Beta');
  await bulkhead.go(beta.replace('http://', ''));
  await expect(bulkhead.tabs).toHaveText([/Beta/]);
  await expect(bulkhead.address).toHaveValue(beta);
});

test('words that are no address are searched for, and so is a script that somebody was told to paste', async ({
  launch,
  pages,
}) => {
  const bulkhead = await launch([pages.counter('Alpha')]);
  await expect(bulkhead.tab('Alpha')).toBeVisible();
  // Nothing of this test leaves the machine.
  await bulkhead.application.evaluate(({ session }) =>
    session.defaultSession.webRequest.onBeforeRequest({ urls: ['https://*/*'] }, (_request, decide) =>
      decide({ cancel: true }),
    ),
  );
  await bulkhead.go('what is a bulkhead?');
  await expect(bulkhead.address).toHaveValue('https://duckduckgo.com/?q=what%20is%20a%20bulkhead%3F');
  await bulkhead.go('javascript:document.title="run"');
  await expect(bulkhead.address).toHaveValue('https://duckduckgo.com/?q=javascript%3Adocument.title%3D%22run%22');
  await expect(bulkhead.tab('run')).toHaveCount(0);
});

test('what is being typed stays with its tab, and Escape takes it back', async ({ launch, pages }) => {
  const bulkhead = await launch([pages.counter('Alpha'), pages.counter('Beta')]);
  await expect(bulkhead.tabs).toHaveText([/Alpha/, /Beta/]);
  await bulkhead.address.fill('half a thou');
  await bulkhead.activate('Beta');
  await expect(bulkhead.address).toHaveValue(`${pages.origin}/Beta`);
  await bulkhead.activate('Alpha');
  await expect(bulkhead.address).toHaveValue('half a thou');
  await bulkhead.address.press('Escape');
  await expect(bulkhead.address).toHaveValue(`${pages.origin}/Alpha`);
});
