import { expect, test } from './test.ts';

test('a click and a key reach a page without Playwright attached', async ({ launchUndriven, pages }) => {
  const page = pages.html(
    'Counter',
    `<button onclick="document.title = 'Clicked ' + navigator.userActivation.isActive">Count</button>
     <script>addEventListener('keydown', ({ key }) => { document.title = 'Key ' + key })</script>`,
  );
  const undriven = await launchUndriven([page]);
  await expect.poll(() => undriven.tabs()).toEqual([expect.stringContaining('Counter')]);
  await undriven.click(page, 'button');
  await expect.poll(() => undriven.tabs()).toEqual([expect.stringContaining('Clicked true')]);
  await undriven.press(page, 'a');
  await expect.poll(() => undriven.tabs()).toEqual([expect.stringContaining('Key a')]);
  await undriven.go(pages.html('Second', 'second'));
  await expect.poll(() => undriven.tabs()).toEqual([expect.stringContaining('Second')]);
  await undriven.closeWindow();
  await undriven.ended();
  expect(undriven.exitCode, undriven.log).toBe(0);
});
