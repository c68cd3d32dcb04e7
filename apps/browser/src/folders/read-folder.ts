import { opendir, stat } from 'node:fs/promises';
import path from 'node:path';
import { fewAtOnce } from '../timing/few-at-once.ts';

/** Maximum number of entries in one listing. */
export const mostEntries = 10_000;

export interface FolderEntry {
  name: string;
  isFolder: boolean;
  /** Bytes. Undefined for folders, and when the system does not report it. */
  size?: number | undefined;
  /** Last change, ms since 1970. Undefined when the system does not report it. */
  changed?: number | undefined;
}

export interface FolderContent {
  /** Folders first, each kind sorted by name. */
  entries: FolderEntry[];
  /** There are more entries than listed. */
  isCut: boolean;
}

/** Reads the entries of a folder. Rejects when it cannot be read. An unreadable entry is listed by its name only. */
export async function readFolder(folder: string): Promise<FolderContent> {
  const names: string[] = [];
  let isCut = false;
  for await (const { name } of await opendir(folder)) {
    isCut = names.length === mostEntries;
    if (isCut) break;
    names.push(name);
  }
  const entries = await fewAtOnce(names, (name) => entryOf(folder, name));
  return { entries: sorted(entries), isCut };
}

async function entryOf(folder: string, name: string): Promise<FolderEntry> {
  const found = await stat(path.join(folder, name)).catch(() => undefined); // a dangling link, or no permission
  const isFolder = found?.isDirectory() ?? false;
  return { name, isFolder, size: found?.isFile() ? found.size : undefined, changed: found?.mtimeMs };
}

/** Sorts by code points of the lower-case name: a collator would block the browser's thread for ten thousand names. */
function sorted(entries: readonly FolderEntry[]): FolderEntry[] {
  const keyed = entries.map((entry) => ({ entry, key: `${entry.isFolder ? 0 : 1}${entry.name.toLowerCase()}` }));
  keyed.sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0));
  return keyed.map(({ entry }) => entry);
}
