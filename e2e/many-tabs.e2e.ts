import path from 'node:path';
import type { Bulkhead } from './bulkhead.ts';
import { pictureOfWindow } from './screen.ts';
import { onDisk, writeSession } from './session.ts';
import { expect, test } from './test.ts';

const count = 10_000;
const titleOf = (index: number) => `Tab ${index + 1}`;

/** Returns the number of tabs reported to assistive technologies, and the number of tab elements in the document. */
function sizeOf(bulkhead: Bulkhead): Promise<{ tabs: number; elements: number }> {
  return bulkhead.tabs.evaluateAll((elements) => ({
    tabs: Number(elements[0]?.ariaSetSize),
    elements: elements.length,
  }));
}

const isInView = (bulkhead: Bulkhead, title: string) =>
  expect(bulkhead.tab(title), `${title} is in view`).toBeInViewport({ ratio: 0.9 });

test('ten thousand sleeping tabs appear, and each can be reached, closed and reopened', async ({
  launch,
  pages,
  folder,
}, testInfo) => {
  const profile = path.join(folder, 'profile');
  const tabs = Array.from({ length: count }, (_, index) => ({
    pinned: index < 3,
    entries: [{ address: `${pages.counter('Tab')}?${index + 1}`, title: titleOf(index) }],
    activeEntry: 0,
  }));
  const active = count / 2;
  await writeSession(profile, tabs, active);
  const bulkhead = await launch([], { profile });
  await expect.poll(() => sizeOf(bulkhead)).toMatchObject({ tabs: count });
  expect((await sizeOf(bulkhead)).elements, 'tabs in the document').toBeLessThan(60);
  const selected = bulkhead.shell.locator('[role=tab][aria-selected=true]');
  await expect(selected).toHaveAttribute('aria-posinset', `${active + 1}`);
  await expect(selected).toBeInViewport({ ratio: 0.9 });
  await pictureOfWindow(bulkhead, testInfo.outputPath('many-tabs.png'));

  // The last one by Ctrl+9. End, Home and the arrows wrap around both ends.
  await bulkhead.press('bulkhead://shell', '9', 'control');
  await expect(selected).toHaveAttribute('aria-posinset', `${count}`);
  await expect(selected).toBeInViewport({ ratio: 0.9 });
  await selected.focus();
  const focused = bulkhead.shell.locator('[role=tab]:focus');
  for (const [key, number] of [
    ['ArrowRight', 1],
    ['ArrowLeft', count],
    ['Home', 1],
    ['End', count],
    ['ArrowLeft', count - 1],
  ] as const) {
    await bulkhead.shell.keyboard.press(key);
    await expect(focused).toHaveAttribute('aria-posinset', `${number}`);
    await expect(focused).toBeInViewport({ ratio: 0.9 });
  }

  // The focused tab stays in the document while the strip is scrolled away from it, and Delete closes it.
  const scrollHome = () => bulkhead.shell.locator('[role=tablist]').evaluate((strip) => strip.scrollTo(0, 0));
  await scrollHome();
  await isInView(bulkhead, titleOf(4));
  await expect(focused).toHaveAttribute('aria-posinset', `${count - 1}`);
  await bulkhead.shell.keyboard.press('Delete');
  await expect.poll(() => sizeOf(bulkhead)).toMatchObject({ tabs: count - 1 });
  await scrollHome();
  await bulkhead.tab(titleOf(4)).hover();
  await (await bulkhead.closeButton(titleOf(4))).click();
  await expect.poll(() => sizeOf(bulkhead)).toMatchObject({ tabs: count - 2 });
  await isInView(bulkhead, titleOf(5));
  await expect(bulkhead.tab(titleOf(4))).toHaveCount(0);

  // The tab that was closed last reopens first, at its place, awake and in view.
  await bulkhead.press('bulkhead://shell', 'T', 'control', 'shift');
  await expect.poll(() => sizeOf(bulkhead)).toMatchObject({ tabs: count - 1 });
  await expect(selected).toHaveAttribute('aria-posinset', '5');
  await expect(selected).toBeInViewport({ ratio: 0.9 });
  await bulkhead.press('bulkhead://shell', 'T', 'control', 'shift');
  await expect.poll(() => sizeOf(bulkhead)).toMatchObject({ tabs: count });
  await expect(selected).toHaveAttribute('aria-posinset', `${count - 1}`);
  await expect.poll(async () => (await onDisk(profile))?.titles.length).toBe(count);
});
