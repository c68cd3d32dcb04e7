import { existsSync } from 'node:fs';
import path from 'node:path';
import filenamify from 'filenamify';

/** Longest name on Linux file systems, bytes, and the part that is reserved for a number and `partialEnding`. */
const longestNameBytes = 255;
const reservedBytes = 24;

/** Ending of a file's name until it is complete. */
export const partialEnding = '.crdownload';

/** Makes a name from a server or a page valid for every file system, and without hidden characters. */
export function downloadName(wanted: string): string {
  const plain = filenamify(wanted.normalize().replace(/\p{C}/gu, ''), { replacement: '_', maxLength: 1000 })
    .replace(/^[.\s]+/, '')
    .replace(/[.\s]+$/, '');
  const ending = path.extname(plain);
  const shortEnding = Buffer.byteLength(ending) <= 32 ? ending : '';
  const stem = shortEnding === '' ? plain : plain.slice(0, -ending.length);
  const name = cut(stem, longestNameBytes - reservedBytes - Buffer.byteLength(shortEnding)) + shortEnding;
  return /^[_.\s]*$/.test(name) ? 'download' : name;
}

/** Returns a free name in the folder: `name (1).txt` if `name.txt` exists. */
export function freeName(folder: string, name: string, ending = ''): string {
  const { name: stem, ext } = path.parse(name);
  for (let number = 0; number < mostNumbers; number++) {
    const free = number === 0 ? name : `${stem} (${number})${ext}`;
    if (!existsSync(path.join(folder, free + ending))) return free;
  }
  return `${stem} ${Date.now()}${ext}`;
}

/** Maximum number of names to try. */
const mostNumbers = 200;

/** Cuts a text to a number of bytes, between two characters. */
function cut(text: string, bytes: number): string {
  let cut = '';
  let used = 0;
  for (const character of text) {
    used += Buffer.byteLength(character);
    if (used > bytes) break;
    cut += character;
  }
  return cut;
}
