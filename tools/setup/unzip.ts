import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';
import { Progress } from './progress.ts';

/**
 * Unpacks a zip file, entry by entry. yauzl refuses names that lead out of the folder and contents of another size or
 * CRC than declared.
 * @param place the entry's path inside `folder`, or undefined to leave it out
 */
export async function unzip(
  archive: string,
  folder: string,
  place: (name: string) => string | undefined,
): Promise<void> {
  const progress = new Progress('unpacking');
  const zip = await openPromise(archive, { lazyEntries: true, autoClose: false });
  try {
    let done = 0;
    for await (const entry of zip.eachEntry()) {
      progress.update(++done / zip.entryCount);
      const target = entry.fileName.endsWith('/') ? undefined : place(entry.fileName);
      if (!target) continue;
      const file = path.join(folder, target);
      await mkdir(path.dirname(file), { recursive: true });
      const unixMode = entry.externalFileAttributes >>> 16;
      const mode = unixMode & 0o100 ? 0o755 : 0o644;
      // Flushed: the folder is renamed into place when it is complete, and must then be so on disk too.
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(file, { mode, flush: true }));
    }
  } finally {
    zip.close();
    progress.end();
  }
}
