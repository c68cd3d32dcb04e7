import { RealKeyboard } from './real-keyboard.ts';
import { systemWindows } from './system-windows.ts';
import { expect, test } from './test.ts';
import type { Undriven } from './undriven.ts';

test('a page that waits for the print dialog does not hang, and only a gesture opens that dialog', async ({
  launchUndriven,
  pages,
}) => {
  const page = pages.html(
    'Prints',
    `<button onclick="print(); document.title = 'Printed'">print</button>
     <script>print(); document.title = 'Refused'</script>`,
  );
  const bulkhead = await launchUndriven([page]);
  // Without a gesture it returns at once.
  await expect.poll(() => bulkhead.tabs()).toEqual([expect.stringContaining('Refused')]);
  expect(await systemWindows()).not.toContain('"Print"');
  await bulkhead.click(page, 'button');
  await expect.poll(systemWindows).toContain('"Print"');
  const health = () => bulkhead.inShell<string>(`document.querySelector('[role=tab]').title`);
  await expect.poll(health).toContain('Waits for an answer');
  // Longer than the silence that counts as a hang: heartbeats are lost meanwhile.
  await bulkhead.showFigures();
  const lost = () => bulkhead.inShell<boolean>(`/[1-9]\\d* lost/.test(document.body.innerText)`);
  await expect.poll(lost, { timeout: 30_000 }).toBe(true);
  const since = Date.now();
  await expect.poll(() => Date.now() - since, { timeout: 10_000 }).toBeGreaterThan(5000);
  expect(await bulkhead.shellText()).not.toContain('does not answer');
  // A page that only claims to print is not believed, and a page whose process ends says so like any other.
  await bulkhead.evaluate(({ webContents }, address) => {
    const contents = webContents.getAllWebContents().find((each) => each.getURL() === address);
    if (contents) process.kill(contents.getOSProcessId(), 'SIGKILL');
  }, page);
  await expect.poll(() => bulkhead.shellText()).toContain('process was killed');
  // Many pages print a subframe.
  const framed = pages.html(
    'Framed',
    `<button onclick="frames[0].print()">print</button><iframe srcdoc="a letter"></iframe>`,
  );
  await bulkhead.go(framed);
  await bulkhead.click(framed, 'button');
  await expect.poll(health).toContain('Waits for an answer');
  await bulkhead.evaluate(({ webContents }, address) => {
    const contents = webContents.getAllWebContents().find((each) => each.getURL() === address);
    if (contents) process.kill(contents.getOSProcessId(), 'SIGKILL');
  }, framed);
  await expect.poll(() => bulkhead.shellText()).toContain('process was killed');
  await bulkhead.go(
    pages.html('Claims', `<script>dispatchEvent(new Event('beforeprint')); document.title = 'Claimed'</script>`),
  );
  await expect.poll(() => bulkhead.tabs()).toEqual([expect.stringContaining('Claimed')]);
  expect(await health()).not.toContain('Waits for an answer');
});

/** Prints twice, with empty frames, which need no gesture. */
const printTwice = `for (let count = 0; count < 2; count++) {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    frame.contentWindow.print();
  }
  document.title = 'Printed';`;

/** Waits until a page of the browser prints, and cancels that as the user would. */
async function cancelPrinting(bulkhead: Undriven): Promise<void> {
  await using mouse = await RealKeyboard.connect();
  const place = async () =>
    /(\S+) "Print".*? (\d+)x(\d+)\+.* \+(-?\d+)\+(-?\d+)/.exec(await systemWindows())?.slice(1) ?? [];
  const open = async () => (await place())[0];
  await expect.poll(open).toBeTruthy();
  const before = await open();
  await expect(async () => {
    const [window, width, height, x, y] = await place();
    // The next dialog may be there already: only this one is cancelled.
    if (window !== before) return;
    // Cancel, left of Print.
    mouse.click(Number(x) + Number(width) - 165, Number(y) + Number(height) - 26);
    await expect.poll(open, { timeout: 2000 }).not.toBe(before);
  }).toPass();
  expect(bulkhead.exitCode, bulkhead.log).toBeNull();
}

test('a tab that was never active prints like any other, and crashes nothing', async ({ launchUndriven, pages }) => {
  const hidden = pages.html('Hidden', `<script>setTimeout(() => { ${printTwice} }, 500)</script>`);
  const bulkhead = await launchUndriven([pages.html('Shown', 'shown'), hidden]);
  for (let count = 0; count < 2; count++) await cancelPrinting(bulkhead);
  await expect
    .poll(() => bulkhead.tabs())
    .toEqual([expect.stringContaining('Shown'), expect.stringContaining('Printed')]);
});

test('a hidden tab opened by a page prints, and crashes nothing', async ({ launchUndriven, pages }) => {
  const opened = pages.html(
    'Opened',
    `<script>addEventListener('visibilitychange', () => { if (document.hidden) setTimeout(() => { ${printTwice} }) })</script>`,
  );
  const opener = pages.html('Opener', `<button onclick="window.open('${opened}')">open</button>`);
  const bulkhead = await launchUndriven([opener]);
  await bulkhead.click(opener, 'button');
  await expect.poll(() => bulkhead.inPage(opened, 'document.visibilityState').catch(() => '')).toBe('visible');
  await bulkhead.inShell(`document.querySelector('[role=tab]').click()`);
  for (let count = 0; count < 2; count++) await cancelPrinting(bulkhead);
  await expect
    .poll(() => bulkhead.tabs())
    .toEqual([expect.stringContaining('Opener'), expect.stringContaining('Printed')]);
  await bulkhead.closeWindow();
  await bulkhead.ended();
  expect(bulkhead.exitCode, bulkhead.log).toBe(0);
});
