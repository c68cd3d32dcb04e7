import type { Bulkhead } from './bulkhead.ts';
import { kibibytesIn } from './system.ts';
import { expect, test } from './test.ts';

const expectColour = (bulkhead: Bulkhead, [red, green, blue]: number[]) =>
  expect(bulkhead.plugin.getByRole('img')).toHaveAccessibleName(`Average colour rgb(${red} ${green} ${blue})`);

test('the window shows the average colour of the active page, and how much of it changed', async ({
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
  await bulkhead.showFigures();
  // Also for a page that stopped painting long ago.
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

test('an animated page gives frames as it paints, and only while it is active', async ({ launch, pages }) => {
  const bulkhead = await launch([pages.counter('Animated'), pages.html('Still', '<h1>Still</h1>')]);
  await bulkhead.showFigures();
  await expect(bulkhead.plugin).toContainText(/[1-9]\d* fps/);
  await bulkhead.activate('Still');
  await expect(bulkhead.plugin).toContainText(/\b0 fps/);
  await bulkhead.activate('Animated');
  await expect(bulkhead.plugin).toContainText(/[1-9]\d* fps/);
});

test('no frame of a page is captured before or after the user wants to see what is read', async ({ launch, pages }) => {
  const address = pages.counter('Animated');
  const bulkhead = await launch([address]);
  const page = await bulkhead.page(address);
  await bulkhead.pidOfPlugin();
  await bulkhead.application.evaluate(({ webContents }, url) => {
    const contents = webContents.getAllWebContents().find((each) => each.getURL() === url)!;
    const taken = { frames: 0 };
    Object.assign(globalThis, { taken });
    const begin = contents.beginFrameSubscription.bind(contents) as (...args: unknown[]) => void;
    contents.beginFrameSubscription = (...args: unknown[]) => {
      const callback = args.pop() as (...frame: unknown[]) => void;
      begin(...args, (...frame: unknown[]) => {
        taken.frames += 1;
        callback(...frame);
      });
    };
  }, address);
  const taken = () =>
    bulkhead.application.evaluate(() => (globalThis as unknown as { taken: { frames: number } }).taken.frames);
  /** Makes the page paint so many more frames. */
  const paint = (frames: number) =>
    page.evaluate(async (count) => {
      for (let frame = 0; frame < count; frame++) await new Promise(requestAnimationFrame);
    }, frames);
  await paint(60);
  expect(await taken()).toBe(0);

  await bulkhead.showFigures();
  await expect.poll(taken).toBeGreaterThan(3);
  await bulkhead.plugin.getByRole('button', { name: 'Hide what the plugin reads' }).click();
  await expect(bulkhead.plugin.getByRole('img')).toHaveCount(0);
  // Captures under way end at some time, and no others follow.
  const takenMeanwhile = async () => {
    const before = await taken();
    await paint(30);
    return (await taken()) - before;
  };
  await expect.poll(takenMeanwhile).toBe(0);
  expect(await takenMeanwhile()).toBe(0);
});

test('frames take no memory until the user wants to see what is read', async ({ launch, pages }) => {
  const bulkhead = await launch([pages.counter('Animated')]);
  await bulkhead.pidOfPlugin();
  const taken = () => kibibytesIn(bulkhead.pid, 'memfd:plugin frame-stats (read-only)');
  // Room for three frames that fill the display, and nothing in it except the header.
  expect(await taken()).toBeLessThan(512);
  await bulkhead.showFigures();
  await expect(bulkhead.plugin.getByRole('img')).toBeVisible();
  expect(await taken()).toBeGreaterThan(8 * 1024);
});

test('the next start remembers that the figures are shown', async ({ launch, pages, folder }) => {
  const profile = `${folder}/remembered`;
  const first = await launch([pages.counter('Animated')], { profile });
  await first.showFigures();
  await expect(first.plugin.getByRole('img')).toBeVisible();
  await first.application.close();
  const second = await launch([pages.counter('Animated')], { profile });
  await expect(second.plugin.getByRole('img')).toBeVisible();
});
