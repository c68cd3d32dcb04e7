import type { Bulkhead } from './bulkhead.ts';
import { expect, test } from './test.ts';

/** Asks a page through the browser process: for Playwright a page with a crashed subframe is dead. */
const inPage = <Answer>(bulkhead: Bulkhead, address: string, script: string): Promise<Answer | undefined> =>
  bulkhead.application.evaluate(
    ({ webContents }, { address, script }) =>
      webContents
        .getAllWebContents()
        .find((contents) => contents.getURL() === address)
        ?.executeJavaScript(script),
    { address, script },
  );

test('a cross-site subframe that loses its process is a sad frame in a living page, and can be reloaded', async ({
  share,
  pages,
}) => {
  const inner = pages.counter('Inner').replace('127.0.0.1', 'localhost');
  const outer = pages.html(
    'Outer',
    `<output>0</output><iframe src="${inner}"></iframe>
    <script>setInterval(() => { document.querySelector('output').value++; }, 20)</script>`,
  );
  const bulkhead = await share([outer]);
  const pid = await bulkhead.pidOfTab('Outer');
  const made = await inPage(bulkhead, outer, 'performance.timeOrigin');
  const sadFrames = () => inPage(bulkhead, outer, `document.querySelectorAll('bulkhead-sad-frames').length`);
  const count = () => inPage<number>(bulkhead, outer, `Number(document.querySelector('output').value)`);

  await bulkhead.go('bulkhead://tab-dead-frame');
  await expect(bulkhead.tab('Outer')).toHaveAttribute('title', /A frame has lost its process/);
  await expect.poll(sadFrames).toBe(1);
  const before = (await count()) ?? 0;
  await expect.poll(count).toBeGreaterThan(before);

  // Again: no subframe is alive, so the page gets one for the fault.
  await bulkhead.go('bulkhead://tab-dead-frame');
  await expect(bulkhead.tab('Outer')).toHaveAttribute('title', /2 frames have lost their processes/);

  await bulkhead.button('Load again').click();
  await expect.poll(sadFrames).toBe(0);
  await expect(bulkhead.tab('Outer')).not.toHaveAttribute('title', /lost/);
  expect(await bulkhead.pidOfTab('Outer')).toBe(pid);
  expect(await inPage(bulkhead, outer, 'performance.timeOrigin')).toBe(made);
});

test('a sad frame can be reloaded even after the page has lost its port', async ({ share, pages }) => {
  const inner = pages.counter('Inner').replace('127.0.0.1', 'localhost');
  const outer = pages.html('Outer', `<iframe src="${inner}"></iframe>`);
  const bulkhead = await share([outer]);
  const pid = await bulkhead.pidOfTab('Outer');
  const sadFrames = () => inPage(bulkhead, outer, `document.querySelectorAll('bulkhead-sad-frames').length`);
  await bulkhead.showFigures();
  await bulkhead.go('bulkhead://tab-dead-frame');
  await expect.poll(sadFrames).toBe(1);
  // Heartbeats are counted per port, so the next one starts at zero.
  await expect(bulkhead.statusBar).toContainText(/\b[2-9] beats/);
  await bulkhead.go('bulkhead://tab-closed-port');
  await expect(bulkhead.statusBar).toContainText(/\b[01] beats/);
  await bulkhead.button('Load again').click();
  await expect.poll(sadFrames).toBe(0);
  await expect(bulkhead.tab('Outer')).not.toHaveAttribute('title', /lost its process/);
  expect(await bulkhead.pidOfTab('Outer')).toBe(pid);
});

test('a dead subframe of a subframe is a sad frame, too, in a living subframe', async ({ share, pages }) => {
  // Every name below localhost is this machine, and a site of its own. (In a subframe of the page's own site it is the
  // same, but Playwright does not survive the end of a subframe's process there.)
  const frame = (host: string, address: string) => `<iframe src="${address.replace('127.0.0.1', host)}"></iframe>`;
  const middle = pages.html('Middle', frame('leaf.localhost', pages.counter('Leaf')));
  const outer = pages.html('Outer', frame('middle.localhost', middle));
  const bulkhead = await share([outer]);
  const pid = await bulkhead.pidOfTab('Outer');
  /** Returns address, process and number of signs of each document of the tab. Null for one that is gone. */
  const frames = () =>
    bulkhead.application.evaluate(async ({ webContents }, address) => {
      const contents = webContents.getAllWebContents().find((each) => each.getURL() === address);
      const found = contents?.mainFrame.framesInSubtree ?? [];
      const script = `document.readyState === 'complete' ? document.querySelectorAll('bulkhead-sad-frames').length : -1`;
      return Promise.all(
        found.map(async (each) => {
          try {
            const { hostname: host } = new URL(each.url);
            const pid = each.osProcessId;
            // A process that has just died never answers.
            const never = new Promise<null>((resolve) => setTimeout(resolve, 500, null));
            const signs = await Promise.race([each.executeJavaScript(script) as Promise<number>, never]);
            return { host, signs, pid };
          } catch {
            return { host: '', signs: null, pid: 0 }; // it is gone
          }
        }),
      );
    }, outer);
  const signsOf = async (host: string) =>
    (await frames()).filter((each) => each.host === host).map(({ signs }) => signs);
  const pidOf = async (host: string) => (await frames()).find((each) => each.host === host)?.pid ?? 0;
  await expect.poll(() => signsOf('leaf.localhost')).toEqual([0]);
  const middlePid = await pidOf('middle.localhost');
  const leafPid = await pidOf('leaf.localhost');
  process.kill(leafPid, 'SIGKILL');

  await expect(bulkhead.tab('Outer')).toHaveAttribute('title', /A frame has lost its process/);
  await expect.poll(() => signsOf('middle.localhost')).toEqual([1]);
  expect(await signsOf('127.0.0.1')).toEqual([0]);

  await bulkhead.button('Load again').click();
  await expect.poll(() => signsOf('middle.localhost')).toEqual([0]);
  await expect.poll(() => signsOf('leaf.localhost')).toEqual([0]);
  expect(await pidOf('leaf.localhost')).not.toBe(leafPid);
  expect(await pidOf('middle.localhost')).toBe(middlePid);
  expect(await bulkhead.pidOfTab('Outer')).toBe(pid);
});
