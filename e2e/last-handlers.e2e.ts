import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { onDisk } from './session.ts';
import { systemWindows } from './system-windows.ts';
import { expect, test } from './test.ts';
import type { Undriven } from './undriven.ts';

/** Saves something when it is closed, as a mail editor does. */
const saves = `<script>
  addEventListener('pagehide', () => { localStorage.saved = 'by pagehide'; });
  addEventListener('unload', () => { localStorage.saved += ' and unload'; });
</script>`;

const ends: [name: string, end: (undriven: Undriven) => Promise<unknown>][] = [
  ['its tab is closed', (undriven) => undriven.press('bulkhead://shell', 'w', 'control')],
  ['the window is closed', (undriven) => undriven.closeWindow()],
  ['the program is asked to end', async (undriven) => undriven.process.kill('SIGTERM')],
];

for (const [name, end] of ends) {
  test(`a page runs its last handlers when ${name}, and the data they save is kept`, async ({
    launchUndriven,
    pages,
    folder,
  }) => {
    const profile = path.join(folder, 'profile');
    const page = pages.html('Saves', saves);
    const first = await launchUndriven([page, 'bulkhead://newtab/'], { profile });
    await expect.poll(() => first.tabs()).toEqual([expect.stringContaining('Saves'), expect.anything()]);
    await end(first);
    if (name.includes('tab')) {
      await expect.poll(() => first.tabs()).toEqual([expect.stringContaining('New tab')]);
      await first.closeWindow();
    }
    await first.ended();
    expect(first.exitCode).toBe(0);
    const reader = pages.html('Reads', '');
    const second = await launchUndriven([reader], { profile });
    await expect.poll(() => second.inPage(reader, 'localStorage.saved')).toBe('by pagehide and unload');
  });
}

test('a page with endless last handlers delays neither its tab nor the window', async ({ launchUndriven, pages }) => {
  const stays = `<script>addEventListener('pagehide', () => { for (;;); }); addEventListener('beforeunload', (event) => event.preventDefault());</script>`;
  const [one, other] = [pages.html('One', stays), pages.html('Other', stays)];
  const undriven = await launchUndriven([one, other]);
  await expect.poll(() => undriven.tabs()).toEqual([expect.stringContaining('One'), expect.stringContaining('Other')]);
  await undriven.press('bulkhead://shell', 'w', 'control');
  await expect.poll(() => undriven.tabs()).toEqual([expect.stringContaining('Other')]);
  await undriven.closeWindow();
  await undriven.ended();
  expect(undriven.exitCode).toBe(0);
});

const acts = [
  ['fills the screen', 'document.documentElement.requestFullscreen()'],
  ['opens a window to choose files in', `document.querySelector('input').click()`],
  ['writes the clipboard', `document.execCommand('copy')`],
] as const;

for (const [name, act] of acts) {
  test(`no page ${name} when its tab closes`, async ({ launchUndriven, pages }) => {
    const script = `addEventListener('beforeunload', () => { ${act}; }); addEventListener('pagehide', () => { for (;;); });`;
    const copies = `addEventListener('copy', (event) => { event.clipboardData.setData('text/plain', 'Acts'); event.preventDefault(); });`;
    const page = pages.html('Acts', `<input type="file"><script>${copies}${script}</script>`);
    const undriven = await launchUndriven([page, 'bulkhead://newtab/']);
    await expect.poll(() => undriven.tabs()).toContainEqual(expect.stringContaining('Acts'));
    await undriven.press('bulkhead://shell', 'w', 'control');
    await expect.poll(() => undriven.tabs()).toEqual([expect.stringContaining('New tab')]);
    const isFull = () => undriven.evaluate(({ BaseWindow }) => BaseWindow.getAllWindows()[0]?.isFullScreen());
    expect(await isFull()).toBe(false);
    expect(await systemWindows()).not.toContain('Open File');
    expect(await undriven.evaluate(({ clipboard }) => clipboard.readText())).not.toBe('Acts');
  });
}

test('a tab that is closing when the window closes is not in the session', async ({
  launchUndriven,
  pages,
  folder,
}) => {
  const profile = path.join(folder, 'profile');
  const server = createServer((_request, response) => response.end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const beacon = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stays = `<script>addEventListener('pagehide', () => { navigator.sendBeacon('${beacon}'); for (;;); });</script>`;
  const [one, other] = [pages.html('One', stays), pages.html('Other', '')];
  const undriven = await launchUndriven([one, other], { profile });
  await expect.poll(() => onDisk(profile)).toMatchObject({ titles: ['One', 'Other'] });
  const leaves = once(server, 'request');
  await undriven.press('bulkhead://shell', 'w', 'control');
  await leaves;
  await undriven.closeWindow();
  await undriven.ended();
  expect(await onDisk(profile)).toEqual({ titles: ['Other'], active: 'Other' });
  server.closeAllConnections();
  server.close();
});

test('a page that keeps every processor busy does not delay the shutdown', async ({ launchUndriven, pages }) => {
  const busy = pages.html(
    'Busy',
    `<script>
      globalThis.begin = () => {
        const code = URL.createObjectURL(new Blob(['for (;;);']));
        for (let i = 0; i < 100; i++) new Worker(code);
      };
    </script>`,
  );
  const undriven = await launchUndriven([busy, 'bulkhead://newtab/']);
  await undriven.inPage(busy, 'begin()');
  await undriven.closeWindow();
  await undriven.ended();
  expect(undriven.exitCode).toBe(0);
});
