import { writeFile } from 'node:fs/promises';
import { desktopCapturer, screen } from 'electron';

/** Takes a picture of the screen as a person would see it, shell and page together, as a PNG file. */
export async function captureScreen(file: string): Promise<void> {
  const { size, scaleFactor } = screen.getPrimaryDisplay();
  const thumbnailSize = { width: size.width * scaleFactor, height: size.height * scaleFactor };
  const [source] = await desktopCapturer.getSources({ types: ['screen'], thumbnailSize });
  if (!source) throw new Error('the screen cannot be captured');
  await writeFile(file, source.thumbnail.toPNG());
}
