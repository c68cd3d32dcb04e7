import type { Bulkhead } from './bulkhead.ts';
import { expect, test } from './test.ts';

const expectColour = (bulkhead: Bulkhead, [red, green, blue]: number[]) =>
  expect(bulkhead.plugin.getByRole('img')).toHaveAccessibleName(`Average colour rgb(${red} ${green} ${blue})`);

test('the window shows the average colour of the page that is shown, and how much of it changed', async ({
  launch,
  pages,
}) => {
  const halves = pages.html(
    'Halves',
    `<style>
      body { margin: 0; display: grid; grid-template-columns: 1fr 1fr; height: 100vh }
      div { background: rgb(0 0 0) } .on { background: rgb(200 100 50) }
    </style>
    <div id="left"></div><div id="right"></div>`,
  );
  const plain = pages.html('Plain', '<style>html { background: rgb(10 120 230) }</style>');
  const bulkhead = await launch([halves, plain]);
  // Of a page that has long stopped painting, too.
  await expectColour(bulkhead, [0, 0, 0]);
  await bulkhead.activate('Plain');
  await expectColour(bulkhead, [10, 120, 230]);
  await bulkhead.activate('Halves');
  await expectColour(bulkhead, [0, 0, 0]);

  const page = await bulkhead.page(halves);
  await page.evaluate(() => document.querySelector('#left')?.classList.add('on'));
  await expectColour(bulkhead, [100, 50, 25]);
  await expect(bulkhead.plugin).toContainText('50% changed');
  await page.evaluate(() => document.querySelector('#right')?.classList.add('on'));
  await expectColour(bulkhead, [200, 100, 50]);
  await expect(bulkhead.plugin).toContainText('50% changed');
  await expect(bulkhead.plugin).toContainText('0 fps');
});

test('an animated page gives frames as it paints, and only while it is the one that is shown', async ({
  launch,
  pages,
}) => {
  const bulkhead = await launch([pages.counter('Animated'), pages.html('Still', '<h1>Still</h1>')]);
  await expect(bulkhead.plugin).toContainText(/[1-9]\d* fps/);
  await bulkhead.activate('Still');
  await expect(bulkhead.plugin).toContainText(/\b0 fps/);
  await bulkhead.activate('Animated');
  await expect(bulkhead.plugin).toContainText(/[1-9]\d* fps/);
});
