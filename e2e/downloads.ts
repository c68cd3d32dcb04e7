import { mkdir } from 'node:fs/promises';
import type { Bulkhead } from './bulkhead.ts';

/** Saves files that a page offers in this folder from now on, under the page's names. */
export async function saveDownloads(bulkhead: Bulkhead, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await bulkhead.application.evaluate(({ session }, into) => {
    session.defaultSession.on('will-download', (_event, item) => item.setSavePath(`${into}/${item.getFilename()}`));
  }, folder);
}
