import type { Locator, Page } from '@playwright/test';
import { animated, colour, colourInPicture } from './animated.ts';
import { pictureOfWindow } from './screen.ts';
import { mappingsOf } from './system.ts';
import { expect, test } from './test.ts';

const fact = (buffer: Locator, label: string) =>
  buffer.locator('dl > div').filter({ has: buffer.page().locator('dt', { hasText: label }) });
const countOf = async (buffer: Locator, label: string) =>
  Number((await fact(buffer, label).locator('dd').textContent())?.replaceAll(',', ''));

/** Returns the sequence numbers of the small frames shown since the first call, null for a time without one. */
const picturesSeen = (page: Page) =>
  page.evaluate(() => {
    const host = globalThis as { pictures?: (number | null)[] };
    if (host.pictures) return host.pictures;
    const seen: (number | null)[] = [];
    host.pictures = seen;
    const look = () => {
      const shown = document.querySelector('canvas')?.dataset.sequence;
      const sequence = shown === undefined ? null : Number(shown);
      if (seen.at(-1) !== sequence) seen.push(sequence);
    };
    look();
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
    return seen;
  });

test('the frames page shows each buffer of the data plane, its words as they change, and its frame', async ({
  launch,
  pages,
}) => {
  const bulkhead = await launch([pages.html('Moving', animated)]);
  const plugin = await bulkhead.pidOfPlugin();
  await bulkhead.open('bulkhead://frames');
  const page = await bulkhead.page('bulkhead://frames');
  await expect(page.getByRole('heading', { name: 'Frames', level: 1 })).toBeVisible();

  const frames = page.locator('[data-buffer="active tab"]');
  const pictures = page.locator('[data-buffer="small pictures"]');
  await expect(frames).toContainText(`Writerbrowser ${bulkhead.pid}`);
  await expect(frames).toContainText(`Readerframe-stats ${plugin}`);
  await expect(pictures).toContainText(`Writerframe-stats ${plugin}`);
  await expect(pictures).toContainText(`Readerbrowser ${bulkhead.pid}`);
  await expect(fact(frames, 'Backend')).toContainText('sealed');
  await expect(fact(frames, 'Slots')).toContainText('3 ×');
  for (const buffer of [frames, pictures]) {
    await expect(buffer.locator('.sides')).toContainText(/generation 1, slot [0-2].*generation 1, slot [0-2]/s);
    await expect(fact(buffer, 'Size')).toContainText(/[\d.]+ [KM]iB/);
    await expect(fact(buffer, 'Dropped')).toContainText(/\d/);
    await expect(fact(buffer, 'Torn')).toContainText(/0$/);
  }

  // The page that was active before keeps painting behind this one.
  await expect(page.getByRole('figure')).toContainText('Moving');
  const sequence = await countOf(frames, 'Sequence');
  await expect.poll(() => countOf(frames, 'Sequence')).toBeGreaterThan(sequence + 10);
  await expect(fact(frames, 'Frames')).toContainText(/[1-9]\d*\/s/);
  await expect(fact(frames, 'Pixels')).toContainText('/s');
  const changing = frames.getByRole('table', { name: 'Control words' }).locator('mark');
  await expect(changing.first()).toHaveText(/^[0-9a-f]{8}$/);

  await expect.poll(() => colourInPicture(page)).toEqual([...colour, 255]);
  const drawn = page.locator('canvas');
  const before = Number(await drawn.getAttribute('data-sequence'));
  await expect.poll(async () => Number(await drawn.getAttribute('data-sequence'))).toBeGreaterThan(before);

  // Paused, it can be read.
  await page.getByRole('button', { name: 'Pause' }).click();
  const held = await countOf(frames, 'Sequence');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect.poll(() => countOf(frames, 'Sequence')).toBeGreaterThan(held);
});

test('the frames page shows that a plugin has died, and then its successor', async ({ launch, pages }) => {
  const bulkhead = await launch([pages.html('Moving', animated)]);
  const plugin = await bulkhead.pidOfPlugin();
  await bulkhead.open('bulkhead://frames');
  const page = await bulkhead.page('bulkhead://frames');
  const frames = page.locator('[data-buffer="active tab"]');
  await expect(frames).toContainText(`Readerframe-stats ${plugin}`);
  await expect.poll(() => colourInPicture(page)).toEqual([...colour, 255]);
  await expect.poll(async () => (await picturesSeen(page)).at(-1)).toBeGreaterThan(3);
  const memoryOfPlugin = async () =>
    (await mappingsOf(bulkhead.pid)).filter(({ name }) => name.startsWith('/memfd:') && name.includes('frame-stats'));
  const before = (await memoryOfPlugin()).map(({ inode }) => inode);
  expect(before.length).toBeGreaterThan(0);
  process.kill(plugin, 'SIGKILL');
  await expect(frames).not.toContainText(String(plugin));
  await expect(frames).toContainText(/Readerframe-stats \d+/);
  await expect.poll(() => colourInPicture(page)).toEqual([...colour, 255]);
  // Its memory was released, and the next process has memory of its own, of the same amount.
  await expect.poll(async () => (await memoryOfPlugin()).length).toBe(before.length);
  for (const { inode } of await memoryOfPlugin()) expect(before).not.toContain(inode);
  // A small frame of the dead process is not shown as present: not after its end, nor before the next process drew one.
  const seen = await picturesSeen(page);
  const gone = seen.indexOf(null);
  expect(gone).toBeGreaterThan(0);
  expect(seen[gone + 1]).toBeLessThan(seen[gone - 1] ?? 0);
  expect(seen.lastIndexOf(null)).toBe(gone);
});

test('a placeholder says how the plugin ended, until it is back', async ({ launch, pages }, testInfo) => {
  const bulkhead = await launch([pages.html('Moving', animated)]);
  await bulkhead.pidOfPlugin();
  await bulkhead.open('bulkhead://frames');
  const page = await bulkhead.page('bulkhead://frames');
  const placeholder = page.locator('.placeholder');
  await expect(page.locator('canvas')).toBeVisible();

  // Its successor is there within half a second, so the page itself records the text shown meanwhile.
  const shown = await page.evaluateHandle(() => {
    const texts: string[] = [];
    new MutationObserver(() => {
      const text = document.querySelector('.placeholder')?.textContent;
      if (text) texts.push(`${text} ${document.querySelectorAll('canvas').length} pictures`);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
    return texts;
  });
  const stopped = await bulkhead.pidOfPlugin();
  process.kill(stopped, 'SIGSTOP');
  await expect
    .poll(() => shown.evaluate((texts) => texts.join('\n')))
    .toMatch(/frame-stats stopped answering and was ended.* 0 pictures/);
  await expect(page.locator('canvas')).toBeVisible();

  for (let end = 0; end < 2; end++) {
    const pid = await bulkhead.pidOfPlugin();
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => bulkhead.pidOfPlugin()).not.toBe(pid);
  }
  const last = await bulkhead.pidOfPlugin();
  process.kill(last, 'SIGKILL');
  await expect(placeholder).toContainText('frame-stats was ended by a signal');
  await expect(placeholder).toContainText(`Process ${last}, SIGKILL`);
  await expect(placeholder).toContainText('too often');
  await expect(page.locator('canvas')).toHaveCount(0);
  await pictureOfWindow(bulkhead, testInfo.outputPath('placeholder.png'));
  await placeholder.getByRole('button', { name: 'Restart' }).click();
  await expect(page.locator('canvas')).toBeVisible();
  await expect(placeholder).toHaveCount(0);
});
