import { expect, test } from './test.ts';

test('a link of another program opens nothing, and the user who follows it is told', async ({
  launchUndriven,
  pages,
}) => {
  const page = pages.html(
    'Writes',
    `<a id="mail" href="mailto:ada@a.example">mail</a> <a id="call" target="_blank" href="tel:+49">call</a>
     <button id="open" onclick="window.open('sms:+49')">open</button>
     <button id="many" onclick="for (const each of ['one', 'two', 'three']) location.href = 'x-' + each + ':1'">many</button>
     <button id="own" onclick="location.href = 'chrome://crash'">own</button>
     <iframe srcdoc="<script>onmessage = () => { location.href = 'geo:1,2' }</script>"></iframe>`,
  );
  const undriven = await launchUndriven([page]);
  const says = (what: string) => expect.poll(() => undriven.shellText()).toContain(`Bulkhead does not open ${what}.`);
  const dismiss = async () => {
    await undriven.click('bulkhead://shell', 'header [role=status] [aria-label=Dismiss]');
    await expect.poll(() => undriven.shellText()).not.toContain('does not open');
  };
  // Without a gesture not a word.
  await undriven.inPage(
    page,
    `for (let at = 0; at < 5; at++) { location.href = 'mailto:a' + at; window.open('tel:' + at) }; 0`,
  );
  await undriven.inPage(page, `new Promise((done) => setTimeout(done, 300))`);
  expect(await undriven.shellText()).not.toContain('does not open');
  const ways = [
    ['#mail', 'mailto'],
    ['#call', 'tel'],
    ['#open', 'sms'],
  ] as const;
  for (const [selector, scheme] of ways) {
    await undriven.click(page, selector);
    await says(`${scheme}: addresses`);
    await dismiss();
  }
  await undriven.click(page, '#mail', { modifiers: ['control'] });
  await says('mailto: addresses');
  await dismiss();
  // One gesture, one notice. A scheme that nobody knows could be a sentence of the page's.
  await undriven.click(page, '#many');
  await says('addresses of other programs');
  await dismiss();
  await undriven.inPage(page, `addEventListener('click', () => frames[0].postMessage('', '*'), { once: true })`);
  await undriven.click(page, 'html');
  await says('geo: addresses');
  expect(await undriven.tabs()).toEqual([expect.stringContaining('Writes')]);
  // It goes with its page. What is the browser's own is blocked without a word.
  await undriven.go(page);
  await expect.poll(() => undriven.shellText()).not.toContain('does not open');
  await undriven.click(page, '#own');
  await undriven.inPage(page, `new Promise((done) => setTimeout(done, 300))`);
  expect(await undriven.shellText()).not.toContain('does not open');
});
