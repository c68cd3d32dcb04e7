import { type keyCodes, RealKeyboard } from './real-keyboard.ts';
import { expect, test } from './test.ts';
import type { Undriven } from './undriven.ts';

type Presses = readonly (readonly (keyof typeof keyCodes)[])[];

const word = (letters: string): Presses => [...letters].map((letter) => [letter.toUpperCase() as 'A']);
const newTab: Presses = [['control', 'T']];

/** Focuses the window, and returns the point of a click into the page. */
async function focusWindow(undriven: Undriven): Promise<{ x: number; y: number }> {
  const { x, y } = await undriven.evaluate(({ BaseWindow }) => {
    const [window] = BaseWindow.getAllWindows();
    window?.focus();
    return window?.getContentBounds() ?? { x: 0, y: 0 };
  });
  return { x: x + 300, y: y + 400 };
}

/** Counted by pages, because the strip draws only the tabs in view. */
const count = async (undriven: Undriven) => (await undriven.pages()).length;

test('every key typed right after Ctrl+T arrives in the address bar of the new tab', async ({
  launchUndriven,
  pages,
}) => {
  // The address bar suggests the page while the word is typed.
  const page = pages.html('abcdefghij', '<input autofocus>');
  const undriven = await launchUndriven([page]);
  await using keyboard = await RealKeyboard.connect();
  const place = await focusWindow(undriven);
  await expect.poll(async () => (await undriven.tabs()).join()).toContain('abcdefghij');
  for (let round = 0; round < 20; round++) {
    const open = await count(undriven);
    // In half of the rounds the page has the keyboard focus, in the others the shell.
    if (round % 2 === 0) {
      await keyboard.press(['control', '1']);
      await expect.poll(() => undriven.address()).toBe(page);
      keyboard.click(place.x, place.y);
    }
    // At once, and timed so that the new tab's page commits between two keys.
    keyboard.type([...newTab, ...word('abcdefghij')], (round % 4) * 7);
    await expect.poll(() => count(undriven)).toBe(open + 1);
    await expect.poll(() => undriven.address(), `round ${round}`).toBe('abcdefghij');
  }

  // The second press comes when the system could have started to repeat the first one.
  const pressed = await count(undriven);
  keyboard.type([...newTab, ...newTab], 250);
  keyboard.type(word('abc'));
  await expect.poll(() => count(undriven)).toBe(pressed + 2);
  await expect.poll(() => undriven.address()).toBe('abc');
  keyboard.type([['control', 'shift', 'tab']]);
  await expect.poll(() => undriven.address()).toBe('');
  keyboard.type([['control', 'tab']]);
  await expect.poll(() => undriven.address()).toBe('abc');

  // Each word belongs to the tab that the user opened for it, even if the next one is opened at once.
  const before = await count(undriven);
  keyboard.type([...newTab, ...word('abc'), ...newTab, ...word('def')]);
  await expect.poll(() => count(undriven)).toBe(before + 2);
  await expect.poll(() => undriven.address()).toBe('def');
  keyboard.type([['control', 'shift', 'tab']]);
  await expect.poll(() => undriven.address()).toBe('abc');
  keyboard.type([['control', 'tab']]);
  await expect.poll(() => undriven.address()).toBe('def');

  // Enter loads the address in the new tab, and the tab before keeps its page.
  await undriven.evaluate(({ session }) => session.defaultSession.clearCache());
  keyboard.type([['control', '1'], ...newTab, ...word('bulkhead'), ['shift', 'semicolon'], ['slash'], ['slash']]);
  keyboard.type([...word('history'), ['enter']]);
  await expect.poll(() => undriven.address()).toBe('bulkhead://history/');
  // Then the page has the keyboard focus.
  const focused = () => undriven.evaluate(({ webContents }) => webContents.getFocusedWebContents()?.getURL());
  await expect.poll(focused).toBe('bulkhead://history/');
  keyboard.type([['control', '1']]);
  await expect.poll(() => undriven.address()).toBe(page);

  // The button in the strip accepts typed text as Ctrl+T does.
  await undriven.click('bulkhead://shell', 'button[aria-label="New tab"]');
  keyboard.type(word('abcdefghij'));
  await expect.poll(() => undriven.address()).toBe('abcdefghij');

  // The active tab had text of its own, and the address bar is requested again.
  keyboard.type([['control', 'L'], ...word('a')]);
  await expect.poll(() => undriven.address()).toBe('a');
});

test('after a start on the new tab page, typed text goes into the address bar', async ({ launchUndriven }) => {
  const undriven = await launchUndriven([]);
  await using keyboard = await RealKeyboard.connect();
  await focusWindow(undriven);
  keyboard.type(word('abcdefghij'));
  await expect.poll(() => undriven.address()).toBe('abcdefghij');
});

test('a hidden page gets no key, however often it reloads itself', async ({ launchUndriven, pages }) => {
  const spy = `<script>
    addEventListener('keydown', ({ key }) => { name += key; });
    if (document.visibilityState === 'hidden') setTimeout(() => location.reload(), 30);
    else addEventListener('visibilitychange', () => location.reload());
  </script><a target="_blank" rel="opener" href="?popup">open</a>`;
  const hidden = pages.html('Hidden', spy);
  const front = pages.html('Front', '<input autofocus onmousedown="this.isClicked = true">');
  const undriven = await launchUndriven([hidden, front]);
  await using keyboard = await RealKeyboard.connect();
  await focusWindow(undriven);
  // One tab created by the browser, and one that Electron created for a page.
  await expect.poll(() => undriven.address()).toBe(hidden);
  await undriven.click(hidden, 'a');
  await expect.poll(async () => (await undriven.pages()).join()).toContain('?popup');
  await expect.poll(() => undriven.address()).toContain('?popup');
  keyboard.type([['control', '9']]);
  await expect.poll(() => undriven.address()).toBe(front);
  // Chromium drops all input to a page that is shown for the first time, until it has drawn it.
  await expect(async () => {
    await undriven.click(front, 'input');
    expect(await undriven.inPage(front, `document.querySelector('input').isClicked`)).toBe(true);
  }).toPass({ intervals: [50] });
  const value = () => undriven.inPage(front, `document.querySelector('input').value`);
  let typed = '';
  for (let round = 0; round < 10; round++) {
    keyboard.type(word('abcdefghij'), 10);
    typed += 'abcdefghij';
    await expect.poll(value, `round ${round}`).toBe(typed);
  }
  keyboard.type([['control', 'L'], ...word('abcdefghij')], 10);
  await expect.poll(() => undriven.address()).toBe('abcdefghij');
  for (const page of [`${hidden}?popup`, hidden]) expect(await undriven.inPage(page, 'name')).not.toMatch(/[a-j]/);
});
