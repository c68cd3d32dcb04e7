import { mkdir } from 'node:fs/promises';
import type { Bulkhead } from './bulkhead.ts';

/** From now on what a page offers to save goes into this folder, under the name that the page gives it. */
export async function saveDownloads(bulkhead: Bulkhead, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await bulkhead.application.evaluate(({ session }, into) => {
    session.defaultSession.on('will-download', (_event, item) => item.setSavePath(`${into}/${item.getFilename()}`));
  }, folder);
}
