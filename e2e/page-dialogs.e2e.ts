import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RealKeyboard } from './real-keyboard.ts';
import { expect, test } from './test.ts';
import type { Undriven } from './undriven.ts';

const shell = 'bulkhead://shell';
const dialog = `document.querySelector('[role=alertdialog]')`;

/** Returns the text of the open dialog, or null. */
const dialogText = (bulkhead: Undriven) => bulkhead.inShell<string | null>(`${dialog}?.innerText ?? null`);

/** Returns the text of the dialog's focused element. */
const focusedText = (bulkhead: Undriven) =>
  bulkhead.inShell<string>(`document.activeElement.innerText || document.activeElement.value`);

test('confirm, alert and prompt: Enter means OK, Escape means Cancel, and the page gets the focus back', async ({
  launchUndriven,
  pages,
}) => {
  const page = pages.html(
    'Asks',
    `<button id="confirm" onclick="say(confirm('Really?'))">c</button>
     <button id="prompt" onclick="say(prompt('Name?', 'nobody'))">p</button>
     <button id="bare" onclick="say(prompt())">b</button>
     <pre></pre>
     <script>const say = (answer) => { document.querySelector('pre').append(JSON.stringify(answer) + ' ') }</script>`,
  );
  const bulkhead = await launchUndriven([page]);
  const said = () => bulkhead.inPage<string>(page, `document.querySelector('pre').textContent.trim()`);
  const ask = async (selector: string, text: string) => {
    await bulkhead.click(page, selector);
    await expect.poll(() => dialogText(bulkhead)).toContain(text);
  };
  const closed = () => expect.poll(() => dialogText(bulkhead)).toBeNull();
  const hasKeyboard = () =>
    expect.poll(() => bulkhead.evaluate(({ webContents }) => webContents.getFocusedWebContents()?.getURL())).toBe(page);

  await ask('#confirm', 'Really?');
  expect(await dialogText(bulkhead)).toContain(`${new URL(page).host} says`);
  await expect.poll(() => focusedText(bulkhead)).toBe('OK');
  await bulkhead.press(shell, 'Enter');
  await closed();
  await hasKeyboard();
  await ask('#confirm', 'Really?');
  await bulkhead.press(shell, 'Escape');
  await closed();
  expect(await said()).toBe('true false');

  // The field starts with the page's text, selected, so that typed text replaces it.
  // For the page, the functions look like Chrome's own.
  expect(await bulkhead.inPage(page, `[prompt.name, prompt.length]`)).toEqual(['prompt', 0]);
  await ask('#prompt', 'Name?');
  await expect.poll(() => focusedText(bulkhead)).toBe('nobody');
  await bulkhead.inShell(`document.execCommand('insertText', false, 'Ada 이름')`);
  await bulkhead.press(shell, 'Enter');
  await closed();
  await hasKeyboard();
  await ask('#prompt', 'Name?');
  await bulkhead.press(shell, 'Enter');
  await closed();
  await ask('#prompt', 'Name?');
  await bulkhead.press(shell, 'Escape');
  await closed();
  await ask('#bare', 'says');
  await bulkhead.press(shell, 'Enter');
  await closed();
  expect(await said()).toBe('true false "Ada 이름" "nobody" null ""');

  // As long as the page may want, and cut to the browser's limit.
  await bulkhead.inPage(page, `setTimeout(() => say(prompt('m'.repeat(1e6), 't'.repeat(1e6)).length)), 0`);
  await expect.poll(() => dialogText(bulkhead)).toContain('mmm');
  await bulkhead.press(shell, 'Enter');
  await closed();
  expect(await said()).toContain(' 4096');
  // A page that is left takes its prompt with it, and the next page starts without one.
  await ask('#prompt', 'Name?');
  await bulkhead.go(pages.html('Next', 'next'));
  await expect.poll(() => bulkhead.tabs()).toEqual([expect.stringContaining('Next')]);
  await closed();
});

test('holding Enter since before the question answers nothing', async ({ launchUndriven, pages }) => {
  const page = pages.html(
    'Asks',
    `<button onclick="asked += 1; if (confirm('Delete?')) document.title = 'Deleted'">delete</button>
     <script>let asked = 0</script>`,
  );
  const bulkhead = await launchUndriven([page]);
  await bulkhead.click(page, 'button');
  await expect.poll(() => dialogText(bulkhead)).toContain('Delete?');
  await bulkhead.press(shell, 'Escape');
  await expect.poll(() => dialogText(bulkhead)).toBeNull();
  await bulkhead.evaluate(({ BaseWindow }) =>
    BaseWindow.getAllWindows()
      .find((each) => each.isVisible())
      ?.focus(),
  );
  await expect.poll(() => bulkhead.inPage(page, 'document.hasFocus()')).toBe(true);
  await using keyboard = await RealKeyboard.connect();
  // Long enough for the system to repeat the key many times.
  await keyboard.press(['enter'], 1500);
  await expect.poll(() => dialogText(bulkhead)).toContain('Delete?');
  await keyboard.press(['enter']);
  await expect.poll(() => bulkhead.tabs()).toEqual([expect.stringContaining('Deleted')]);
  expect(await bulkhead.inPage(page, 'asked')).toBe(2);
});

test('a cross-site subframe that asks is named, and a background tab waits with its question', async ({
  launchUndriven,
  pages,
}) => {
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end(`<script>onmessage = () => parent.postMessage(prompt('From the frame'), '*')</script>`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const foreign = `localhost:${(server.address() as AddressInfo).port}`;
  const page = pages.html(
    'Embeds',
    `<iframe src="http://${foreign}/"></iframe>
     <script>onmessage = ({ data }) => { document.title = 'Frame said ' + data }</script>`,
  );
  const bulkhead = await launchUndriven([page]);
  await expect.poll(() => bulkhead.inPage(page, `document.readyState`)).toBe('complete');
  await bulkhead.inPage(page, `frames[0].postMessage('', '*')`);
  await expect.poll(() => dialogText(bulkhead)).toContain(`An embedded page at ${foreign} says`);
  // It does not hang, however long it waits, and its question is not shown over another tab.
  const other = pages.html('Other', `<script>setTimeout(() => alert('later'), 0)</script>`);
  await bulkhead.inShell(`document.querySelector('[aria-label="New tab"]').click()`);
  await expect.poll(() => dialogText(bulkhead)).toBeNull();
  await expect
    .poll(() => bulkhead.inShell(`document.querySelector('[role=tab]').title`), { timeout: 20_000 })
    .toContain('Waits for an answer');
  // The last key was for the other tab, whose field has the keyboard focus.
  await bulkhead.press(shell, 'End');
  await bulkhead.press(shell, '1', 'control');
  await expect.poll(() => dialogText(bulkhead)).toContain('From the frame');
  await bulkhead.inShell(`document.execCommand('insertText', false, 'hello')`);
  await bulkhead.press(shell, 'Enter');
  await expect.poll(() => bulkhead.tabs()).toEqual([expect.stringContaining('Frame said hello'), expect.anything()]);
  // When the process of a page that asks ends, its question goes away.
  await bulkhead.go(other);
  await expect.poll(() => dialogText(bulkhead)).toContain('later');
  await bulkhead.evaluate(({ webContents }, address) => {
    const contents = webContents.getAllWebContents().find((each) => each.getURL() === address);
    if (contents) process.kill(contents.getOSProcessId(), 'SIGKILL');
  }, other);
  await expect.poll(() => bulkhead.shellText()).toContain('process was killed');
  expect(await dialogText(bulkhead)).toBeNull();
  server.close();
  server.closeAllConnections();
});

test('many frames that ask endlessly block neither each other nor the closing of their tab', async ({
  launchUndriven,
  pages,
}) => {
  const asks = pages.html(
    'Frame',
    `<script>
       parent.postMessage('loaded', '*');
       onmessage = () => { alert('frame'); parent.postMessage('answered', '*'); setTimeout(onmessage); };
     </script>`,
  );
  // Each site has a process of its own, so a waiting frame does not block the others.
  const page = pages.html(
    'Embeds',
    `<p>embeds</p><script>
       const heard = { loaded: 0, answered: 0 };
       onmessage = ({ data }) => { heard[data] += 1 };
       onbeforeunload = (event) => event.preventDefault();
       const add = (number) => {
         const frame = document.createElement('iframe');
         frame.src = '${asks}'.replace('127.0.0.1', 'f' + number + '.localhost');
         document.body.append(frame);
       };
       for (let number = 0; number < 10; number++) add(number);
     </script>`,
  );
  const bulkhead = await launchUndriven([page, pages.html('Beside', 'beside')]);
  const heard = (what: string) => bulkhead.inPage<number>(page, `heard.${what}`).catch(() => 0);
  await expect.poll(() => heard('loaded')).toBe(10);
  await bulkhead.click(page, 'body');
  await bulkhead.inPage(page, `for (let at = 0; at < frames.length; at++) frames[at].postMessage('', '*'); 0`);
  await expect.poll(() => dialogText(bulkhead)).toContain('frame');
  // Questions above the browser's limit are answered for the user, again and again.
  await expect.poll(() => heard('answered')).toBeGreaterThan(6);
  await bulkhead.inShell(`document.querySelector('[data-closes] button').click()`);
  await expect.poll(() => dialogText(bulkhead)).toContain('Leave');
  await bulkhead.inShell(
    `[...${dialog}.querySelectorAll('button')].find((each) => /Leave|Close/.test(each.textContent)).click()`,
  );
  await expect.poll(() => bulkhead.tabs()).toEqual([expect.stringContaining('Beside')]);
  expect(bulkhead.exitCode, bulkhead.log).toBeNull();
});

test('a page that asks and reloads itself can be silenced, until the user loads a page', async ({
  launchUndriven,
  pages,
}) => {
  const page = pages.html('Again', `<script>setTimeout(() => { alert('again'); location.reload() })</script>`);
  const bulkhead = await launchUndriven([page]);
  await expect.poll(() => dialogText(bulkhead)).toContain('again');
  await bulkhead.press(shell, 'Enter');
  await expect.poll(() => dialogText(bulkhead)).toContain('No more dialogs from this page');
  await bulkhead.inShell(`${dialog}.querySelector('[type=checkbox]').click()`);
  await bulkhead.press(shell, 'Enter');
  // Silenced, it keeps reloading itself.
  const loads = () =>
    bulkhead.evaluate(({ webContents }, address) => {
      const contents = webContents.getAllWebContents().find((each) => each.getURL() === address);
      return new Promise((resolve) => contents?.once('did-navigate', () => resolve('loaded again')));
    }, page);
  expect(await loads()).toBe('loaded again');
  expect(await loads()).toBe('loaded again');
  expect(await dialogText(bulkhead)).toBeNull();
  await bulkhead.go(pages.html('Other', `<script>setTimeout(() => alert('other'))</script>`));
  await expect.poll(() => dialogText(bulkhead)).toContain('other');
});

test('the menu of faults closes when another tab is activated', async ({ launchUndriven, pages }) => {
  const bulkhead = await launchUndriven([pages.html('One', 'one'), pages.html('Two', 'two')]);
  const isOpen = () =>
    bulkhead.inShell<boolean>(`document.querySelector('[role=menu]:popover-open') !== null`).catch(() => false);
  await bulkhead.click(shell, '[aria-label="Break this tab"]');
  await expect.poll(isOpen).toBe(true);
  await bulkhead.press(shell, '2', 'control');
  await expect.poll(isOpen).toBe(false);
  // From the menu of a background tab it opens over that tab.
  await bulkhead.click(shell, '[role=tab]', { button: 'right' });
  const choose = `[...document.querySelectorAll('[role=menuitem]')]
    .find((item) => item.textContent.includes('Break this tab'))?.click() === undefined`;
  const breakItem = `[...document.querySelectorAll('[role=menuitem]')].some(({ textContent }) => textContent.includes('Break this tab'))`;
  await expect.poll(() => bulkhead.inShell(breakItem)).toBe(true);
  await bulkhead.inShell(choose);
  await expect.poll(isOpen).toBe(true);
  await expect.poll(() => bulkhead.inShell(`document.querySelector('[aria-selected=true]').title`)).toContain('One');
  expect(await isOpen()).toBe(true);
});
