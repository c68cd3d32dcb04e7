import { createWriteStream } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';
import { Progress } from './progress.ts';

/** Bits of a Unix file mode. */
const fileType = 0o170000;
const symbolicLink = 0o120000;

/**
 * Unpacks a zip file, entry by entry. yauzl refuses names that lead out of the folder, and contents with a wrong size
 * or CRC. This function refuses symbolic links that lead out of the folder; a release for macOS has symbolic links.
 * @param place returns the entry's path inside `folder`, or undefined to leave the entry out
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
    const links: { file: string; target: string }[] = [];
    for await (const entry of zip.eachEntry()) {
      progress.update(++done / zip.entryCount);
      const target = entry.fileName.endsWith('/') ? undefined : place(entry.fileName);
      if (!target) continue;
      const file = path.join(folder, target);
      await mkdir(path.dirname(file), { recursive: true });
      const unixMode = entry.externalFileAttributes >>> 16;
      if ((unixMode & fileType) === symbolicLink) {
        links.push({ file, target: await text(await zip.openReadStreamPromise(entry)) });
        continue;
      }
      const mode = unixMode & 0o100 ? 0o755 : 0o644;
      // Flushed, because the folder is renamed into place when it is complete, and must then be complete on disk too.
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(file, { mode, flush: true }));
    }
    // Links come last, so that no file is written through one.
    for (const { file, target } of links) await link(folder, file, target);
  } finally {
    zip.close();
    progress.end();
  }
}

async function link(folder: string, file: string, target: string): Promise<void> {
  const inside = path.relative(folder, path.resolve(path.dirname(file), target));
  if (path.isAbsolute(target) || inside.startsWith('..')) throw new Error(`a link that leads out: ${target}`);
  await symlink(target, file);
}
