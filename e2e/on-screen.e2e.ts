import type { Bulkhead } from './bulkhead.ts';
import { type Colour, colourOnScreen } from './screen.ts';
import { expect, test } from './test.ts';

const red: Colour = [200, 0, 0];
const blue: Colour = [0, 0, 200];
const plain = (colour: Colour) => `<style>html { background: rgb(${colour}) }</style>`;

const expectOnScreen = (bulkhead: Bulkhead, colour: Colour) =>
  expect.poll(() => colourOnScreen(bulkhead, 0.5, 0.5)).toEqual(colour);

test('the screen shows the page of the active tab, and the sad tab in place of a killed one', async ({
  launch,
  pages,
}) => {
  const bulkhead = await launch([pages.html('Red', plain(red)), pages.html('Blue', plain(blue))]);
  await expectOnScreen(bulkhead, red);
  await bulkhead.activate('Blue');
  await expectOnScreen(bulkhead, blue);

  // A dialog of the shell is above the page, and the rest of the page is seen through the shell.
  await bulkhead.button('What the machine sees of this tab').click();
  await expect.poll(() => colourOnScreen(bulkhead, 0.1, 0.1)).not.toEqual(blue);
  await expectOnScreen(bulkhead, blue);
  await bulkhead.shell.keyboard.press('Escape');
  await expect.poll(() => colourOnScreen(bulkhead, 0.1, 0.1)).toEqual(blue);

  await bulkhead.button('Kill this tab').click();
  await expect(bulkhead.insteadOfPage).toBeVisible();
  await expect.poll(() => colourOnScreen(bulkhead, 0.02, 0.5)).not.toEqual(blue);
  await bulkhead.activate('Red');
  await expectOnScreen(bulkhead, red);
  await bulkhead.activate('Blue');
  await expect.poll(() => colourOnScreen(bulkhead, 0.02, 0.5)).not.toEqual(red);
  await bulkhead.insteadOfPage.getByRole('button', { name: 'Reload' }).click();
  await expectOnScreen(bulkhead, blue);
});
