import type { Bulkhead } from './bulkhead.ts';
import { expect, test } from './test.ts';

/** Asks a page by way of the browser process: to the driver a page of which one frame has crashed is dead. */
const inPage = <Answer>(bulkhead: Bulkhead, address: string, script: string): Promise<Answer | undefined> =>
  bulkhead.application.evaluate(
    ({ webContents }, { address, script }) =>
      webContents
        .getAllWebContents()
        .find((contents) => contents.getURL() === address)
        ?.executeJavaScript(script),
    { address, script },
  );

test('a cross-site frame that loses its process is a sad frame in a page that lives, and can be loaded again', async ({
  launch,
  pages,
}) => {
  const inner = pages.counter('Inner').replace('127.0.0.1', 'localhost');
  const outer = pages.html(
    'Outer',
    `<output>0</output><iframe src="${inner}"></iframe>
    <script>setInterval(() => { document.querySelector('output').value++; }, 20)</script>`,
  );
  const bulkhead = await launch([outer]);
  const pid = await bulkhead.pidOfTab('Outer');
  const made = await inPage(bulkhead, outer, 'performance.timeOrigin');
  const sadFrames = () => inPage(bulkhead, outer, `document.querySelectorAll('bulkhead-sad-frames').length`);
  const count = () => inPage<number>(bulkhead, outer, `Number(document.querySelector('output').value)`);

  await bulkhead.go('bulkhead://tab-dead-frame');
  await expect(bulkhead.tab('Outer')).toHaveAttribute('title', /A frame of it has lost its process/);
  await expect.poll(sadFrames).toBe(1);
  const before = (await count()) ?? 0;
  await expect.poll(count).toBeGreaterThan(before);

  await bulkhead.button('Load again').click();
  await expect.poll(sadFrames).toBe(0);
  await expect(bulkhead.tab('Outer')).not.toHaveAttribute('title', /lost its process/);
  expect(await bulkhead.pidOfTab('Outer')).toBe(pid);
  expect(await inPage(bulkhead, outer, 'performance.timeOrigin')).toBe(made);
});

test('a sad frame can be loaded again after the page has lost its port, too', async ({ launch, pages }) => {
  const inner = pages.counter('Inner').replace('127.0.0.1', 'localhost');
  const outer = pages.html('Outer', `<iframe src="${inner}"></iframe>`);
  const bulkhead = await launch([outer]);
  const pid = await bulkhead.pidOfTab('Outer');
  const sadFrames = () => inPage(bulkhead, outer, `document.querySelectorAll('bulkhead-sad-frames').length`);
  await bulkhead.go('bulkhead://tab-dead-frame');
  await expect.poll(sadFrames).toBe(1);
  // Beats are counted by port: the next one begins anew.
  await expect(bulkhead.statusBar).toContainText(/\b[2-9] beats/);
  await bulkhead.go('bulkhead://tab-closed-port');
  await expect(bulkhead.statusBar).toContainText(/\b[01] beats/);
  await bulkhead.button('Load again').click();
  await expect.poll(sadFrames).toBe(0);
  await expect(bulkhead.tab('Outer')).not.toHaveAttribute('title', /lost its process/);
  expect(await bulkhead.pidOfTab('Outer')).toBe(pid);
});
