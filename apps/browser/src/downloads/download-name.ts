import { existsSync } from 'node:fs';
import path from 'node:path';
import filenamify from 'filenamify';

/** Longest name that Linux file systems take, bytes; what is added to it (a number, the ending of a part) needs room. */
const longestNameBytes = 255;
const reservedBytes = 24;

/** What a file is called until all of it is there. */
export const partialEnding = '.crdownload';

/** Makes a name that a server or a page wants into one that any file system takes, and that shows what it is. */
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

/** Returns a name that is free in the folder: `name (1).txt` when there is a `name.txt`. */
export function freeName(folder: string, name: string, ending = ''): string {
  const { name: stem, ext } = path.parse(name);
  for (let number = 0; number < mostNumbers; number++) {
    const free = number === 0 ? name : `${stem} (${number})${ext}`;
    if (!existsSync(path.join(folder, free + ending))) return free;
  }
  return `${stem} ${Date.now()}${ext}`;
}

/** Files of the same name that are looked for, one after the other. */
const mostNumbers = 200;

/** Cuts a text off between two characters. */
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
