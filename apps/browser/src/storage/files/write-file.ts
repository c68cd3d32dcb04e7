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

/** What a person looks at and chooses is nobody else's business. */
const onlyOurs = 0o600;
/** Things that stood in the way of one file and are kept; the last one gives way to the next. */
const mostAside = 9;

/** Writes a file anew, whole or not at all, whatever is in its place: what is no file is set aside. */
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

/** The same at once, for what is small. Safe from the end of the program, not of the machine. */
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

/** Adds to the end of a file, whatever is in its place. */
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

/** Makes a folder, and sets aside what is no folder in its place. */
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

/** Gives what is in the place of a file another name, under which somebody may still look at it. */
export function setAside(file: string): void {
  if (!isThere(file)) return;
  const names = namesAside(file);
  renameSync(file, names.find((name) => !isThere(name)) ?? names[mostAside - 1] ?? file);
}

/** What is in the place of a file now, or of its folder, wherever it is set aside later. */
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
    return undefined; // there is none, or nobody may look
  }
}

/** Removes a file of ours; what cannot be removed as one, such as a folder, is set aside. */
export function removeFile(file: string): void {
  try {
    unlinkSync(file);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    setAside(file);
  }
}

/** Prepares the place of a file. */
function makePlace(file: string): void {
  makeFolder(path.dirname(file));
  if (isOther(file, 'file')) setAside(file);
}

/** The name under which a file is written until it is whole. */
function placeAside(file: string): string {
  makePlace(file);
  const next = `${file}.next`;
  removeFile(next);
  return next;
}

/** Something else is there: of another kind, or a link that leads nowhere. */
function isOther(file: string, kind: 'file' | 'folder'): boolean {
  const stats = statOf(file);
  if (!stats) return isThere(file);
  return kind === 'file' ? !stats.isFile() : !stats.isDirectory();
}

function statOf(file: string) {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined; // a link that leads to itself
  }
}
