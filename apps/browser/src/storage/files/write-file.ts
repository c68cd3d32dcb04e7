import {
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { open, rename } from 'node:fs/promises';
import path from 'node:path';
import { codeOf, isThere } from './read-file.ts';

/** Owner only: files of the profile show what the user visited and chose. */
const onlyOurs = 0o600;
/** Maximum number of files set aside for one path. The last one is overwritten by the next. */
const mostAside = 9;

/** Replaces a file atomically. A thing at the path that is not a file is set aside. */
export async function replaceFile(file: string, pieces: Iterable<string>): Promise<void> {
  const next = placeAside(file);
  try {
    const handle = await open(next, 'wx', onlyOurs);
    try {
      for (const piece of pieces) await handle.appendFile(piece);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    await rename(next, file);
  } catch (error) {
    rmSync(next, { force: true });
    throw error;
  }
}

/**
 * Does the same as `replaceFile` synchronously, for small files. Survives a crash of the browser, but not of the
 * machine.
 */
export function replaceFileSync(file: string, text: string): void {
  const next = placeAside(file);
  try {
    const descriptor = openSync(next, 'wx', onlyOurs);
    try {
      writeFileSync(descriptor, text);
    } finally {
      closeSync(descriptor);
    }
    renameSync(next, file);
  } catch (error) {
    rmSync(next, { force: true });
    throw error;
  }
}

const appendFlags =
  constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

/** Appends to a file. A thing at the path that is not a file is set aside. */
export async function appendToFile(file: string, text: string): Promise<void> {
  makePlace(file);
  const handle = await open(file, appendFlags, onlyOurs);
  try {
    await handle.appendFile(text);
  } finally {
    await handle.close();
  }
}

export function appendToFileSync(file: string, text: string): void {
  makePlace(file);
  const descriptor = openSync(file, appendFlags, onlyOurs);
  try {
    writeFileSync(descriptor, text);
  } finally {
    closeSync(descriptor);
  }
}

/** Creates a folder. A thing at the path that is not a folder is set aside. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    if (!isOther(folder, 'folder')) throw error;
    setAside(folder);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
}

const namesAside = (file: string) =>
  Array.from({ length: mostAside }, (_, index) => `${file}.unread${index === 0 ? '' : `-${index + 1}`}`);

/** Renames the thing at the path, so that the user can still inspect it. */
export function setAside(file: string): void {
  if (!isThere(file)) return;
  const names = namesAside(file);
  renameSync(file, names.find((name) => !isThere(name)) ?? names[mostAside - 1] ?? file);
}

/**
 * Returns a function that gives the present path of the thing that is now at `file` (or of its folder), even after it
 * was set aside.
 */
export function follow(file: string): () => string {
  const inode = inodeOf(file);
  const folder = path.dirname(file);
  if (inode === undefined && folder !== file) return follow(folder);
  return () => [file, ...namesAside(file)].find((name) => inodeOf(name) === inode) ?? file;
}

function inodeOf(file: string): number | undefined {
  try {
    return lstatSync(file).ino;
  } catch {
    return undefined; // it does not exist, or access is denied
  }
}

/** Removes a file of Bulkhead. A thing that cannot be unlinked, such as a folder, is set aside. */
export function removeFile(file: string): void {
  try {
    unlinkSync(file);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    setAside(file);
  }
}

/** Renames a file to `….1`, an earlier one of that name to `….2`, and so on up to `mostOld`. The oldest is removed. */
export function rotateFile(file: string, mostOld: number): void {
  removeFile(`${file}.${mostOld}`);
  for (let old = mostOld; old > 0; old--) {
    const before = old === 1 ? file : `${file}.${old - 1}`;
    if (isThere(before)) renameSync(before, `${file}.${old}`);
  }
}

/** Creates the folder of a file, and sets aside a thing at its path that is not a file. */
function makePlace(file: string): void {
  makeFolder(path.dirname(file));
  if (isOther(file, 'file')) setAside(file);
}

/** Returns the path at which a file is written until it is complete. */
function placeAside(file: string): string {
  makePlace(file);
  const next = `${file}.next`;
  removeFile(next);
  return next;
}

/** True when something of another kind is at the path, or a dangling link. */
function isOther(file: string, kind: 'file' | 'folder'): boolean {
  const stats = statOf(file);
  if (!stats) return isThere(file);
  return kind === 'file' ? !stats.isFile() : !stats.isDirectory();
}

function statOf(file: string) {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined; // a link that points to itself
  }
}
