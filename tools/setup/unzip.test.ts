import { createWriteStream, existsSync, lstatSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { unzip } from './unzip.ts';

/** Makes a zip file of these entries (content and mode by name) and unpacks it. */
async function unpacked(entries: Record<string, [content: string, mode: number]>): Promise<string> {
  const folder = temporaryFolder();
  const archive = path.join(folder, 'archive.zip');
  const zip = new ZipFile();
  for (const [name, [content, mode]] of Object.entries(entries)) zip.addBuffer(Buffer.from(content), name, { mode });
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(archive));
  const target = path.join(folder, 'unpacked');
  await unzip(archive, target, (name) => name);
  return target;
}

it('keeps executable files and symbolic links, as an application for macOS needs', async () => {
  const folder = await unpacked({
    'A.app/Frameworks/F/Versions/Current': ['A', 0o120755],
    'A.app/Frameworks/F/F': ['Versions/Current/F', 0o120755],
    'A.app/Frameworks/F/Versions/A/F': ['library', 0o100755],
    'A.app/Info.plist': ['list', 0o100644],
  });
  const framework = path.join(folder, 'A.app/Frameworks/F');
  expect(readlinkSync(path.join(framework, 'F'))).toBe('Versions/Current/F');
  expect(lstatSync(path.join(framework, 'Versions/Current')).isSymbolicLink()).toBe(true);
  expect(readFileSync(path.join(framework, 'F'), 'utf8')).toBe('library');
  expect(statSync(path.join(framework, 'F')).mode & 0o111).toBe(0o111);
  expect(statSync(path.join(folder, 'A.app/Info.plist')).mode & 0o111).toBe(0);
});

it.each(['/etc/passwd', '../../outside', 'a/../../..'])('refuses a link to %s', async (target) => {
  await expect(unpacked({ 'inside/link': [target, 0o120777] })).rejects.toThrow('a link that leads out');
});

it('does not write through a link in the same archive', async () => {
  const folder = await unpacked({ 'a/link': ['b', 0o120777], 'a/b/file': ['x', 0o100644] });
  expect(existsSync(path.join(folder, 'a/link/file'))).toBe(true);
  await expect(unpacked({ 'a/link': ['b', 0o120777], 'a/link/file': ['x', 0o100644] })).rejects.toThrow('EEXIST');
});
