import { writeFile } from 'node:fs/promises';
import { type BaseWindow, desktopCapturer, screen } from 'electron';

/** Saves a screenshot of the window, shell and page together, as a PNG file. */
export async function captureWindow(window: BaseWindow, file: string): Promise<void> {
  const { size, scaleFactor } = screen.getPrimaryDisplay();
  const thumbnailSize = { width: size.width * scaleFactor, height: size.height * scaleFactor };
  const [source] = await desktopCapturer.getSources({ types: ['screen'], thumbnailSize });
  if (!source) throw new Error('the screen cannot be captured');
  const { x, y, width, height } = window.getContentBounds();
  const inPixels = (length: number) => Math.round(length * scaleFactor);
  const picture = source.thumbnail.crop({
    x: inPixels(x),
    y: inPixels(y),
    width: inPixels(width),
    height: inPixels(height),
  });
  await writeFile(file, picture.toPNG());
}
