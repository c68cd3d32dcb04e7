import { RealKeyboard } from './real-keyboard.ts';
import { serve } from './server.ts';
import { expect, test } from './test.ts';

test('a link of another application opens nothing, and the user who follows it is told', async ({
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
  // Without a gesture there is no notice.
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
  // One gesture, one notice. The name of an unknown scheme is not shown, because a page could write a sentence with it.
  await undriven.click(page, '#many');
  await says('addresses of other programs');
  await dismiss();
  await undriven.inPage(page, `addEventListener('click', () => frames[0].postMessage('', '*'), { once: true })`);
  await undriven.click(page, 'html');
  await says('geo: addresses');
  expect(await undriven.tabs()).toEqual([expect.stringContaining('Writes')]);
  // The notice goes away with its page. The browser's own schemes are blocked silently.
  await undriven.go(page);
  await expect.poll(() => undriven.shellText()).not.toContain('does not open');
  await undriven.click(page, '#own');
  await undriven.inPage(page, `new Promise((done) => setTimeout(done, 300))`);
  expect(await undriven.shellText()).not.toContain('does not open');
});

test('a refused link in a cross-site subframe is reported, but only after a gesture', async ({ launchUndriven }) => {
  const rows = [
    '<a href="mailto:ada@a.example">link</a>',
    '<a href="tel:+49" target="_top">link on top</a>',
    '<a href="sms:+49" target="_blank">link into a tab</a>',
    `<button onclick="window.open('geo:1,2')">window</button>`,
    `<button onclick="top.location.href = 'ftp://a.example'">top</button>`,
  ];
  const schemes = ['mailto', 'tel', 'sms', 'geo', 'ftp'];
  const style = '<style>* { margin: 0 } a, button { display: block; width: 100%; height: 60px }</style>';
  await using server = await serve(({ path }, response) => {
    response.setHeader('Content-Type', 'text/html');
    const byItself = `<script>location.href = 'mailto:a'; window.open('tel:1'); fetch('/tried')</script>`;
    const frame = `<iframe src="http://localhost:${server.port}/inner" style="width: 100%; height: 90vh; border: 0"></iframe>`;
    if (path === '/inner') response.end(style + rows.join('') + byItself);
    else response.end(`<title>Outer</title>${style}${frame}`);
  });
  const page = `${server.origin}/`;
  const undriven = await launchUndriven([page]);
  await expect.poll(() => server.requests.map(({ path }) => path)).toContain('/tried');
  await using keyboard = await RealKeyboard.connect();
  const place = () =>
    undriven.evaluate(({ BaseWindow }) => {
      const [window] = BaseWindow.getAllWindows();
      window?.focus();
      const { x, y } = window?.getContentBounds() ?? { x: 0, y: 0 };
      const view = window?.contentView.children.find((each) => each.getBounds().y > 20);
      return { x: x + (view?.getBounds().x ?? 0), y: y + (view?.getBounds().y ?? 0) };
    });
  expect(await undriven.shellText()).not.toContain('does not open');
  for (const [row, scheme] of schemes.entries()) {
    const says = `Bulkhead does not open ${scheme}: addresses.`;
    // A click on an element that is not painted yet is lost.
    await expect(async () => {
      const { x, y } = await place();
      keyboard.click(x + 100, y + row * 60 + 30);
      await expect.poll(() => undriven.shellText(), { timeout: 3000 }).toContain(says);
    }, scheme).toPass();
    await undriven.click('bulkhead://shell', 'header [role=status] [aria-label=Dismiss]');
    await expect.poll(() => undriven.shellText()).not.toContain('does not open');
  }
  expect(await undriven.tabs()).toEqual([expect.stringContaining('Outer')]);
});
