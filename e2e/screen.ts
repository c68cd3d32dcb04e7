import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Bulkhead } from './bulkhead.ts';

export type Colour = readonly [red: number, green: number, blue: number];

/**
 * Returns the color that a user sees at a point of the page area (coordinates from 0 to 1), as it is on the screen,
 * including everything above the page.
 */
export async function colourOnScreen(bulkhead: Bulkhead, x: number, y: number): Promise<Colour> {
  const area = await bulkhead.shell.getByRole('tabpanel').boundingBox();
  if (!area) throw new Error('there is no place for pages');
  const place = { x: area.x + x * area.width, y: area.y + y * area.height };
  return bulkhead.application.evaluate(async ({ BaseWindow, desktopCapturer, screen }, { x, y }) => {
    const bounds = BaseWindow.getAllWindows()
      .find((each) => each.isVisible())
      ?.getContentBounds();
    const { size } = screen.getPrimaryDisplay();
    const [source] = await desktopCapturer.getSources({ types: ['screen'], thumbnailSize: size });
    if (!bounds || !source) throw new Error('the screen cannot be captured');
    const pixel = { x: Math.round(bounds.x + x), y: Math.round(bounds.y + y), width: 1, height: 1 };
    const [blue = 0, green = 0, red = 0] = source.thumbnail.crop(pixel).toBitmap();
    return [red, green, blue] as const;
  }, place);
}

/** Saves a screenshot of the window, for people to look at: a PNG file. */
export async function pictureOfWindow(bulkhead: Bulkhead, file: string): Promise<void> {
  const png = await bulkhead.application.evaluate(async ({ BaseWindow, desktopCapturer, screen }) => {
    const bounds = BaseWindow.getAllWindows()
      .find((each) => each.isVisible())
      ?.getContentBounds();
    const { size } = screen.getPrimaryDisplay();
    const [source] = await desktopCapturer.getSources({ types: ['screen'], thumbnailSize: size });
    if (!bounds || !source) throw new Error('the screen cannot be captured');
    return source.thumbnail.crop(bounds).toPNG().toString('base64');
  });
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, Buffer.from(png, 'base64'));
}
