import { opendir, stat } from 'node:fs/promises';
import path from 'node:path';
import { fewAtOnce } from '../timing/few-at-once.ts';

/** Entries that one listing has at most. */
export const mostEntries = 10_000;

export interface FolderEntry {
  name: string;
  isFolder: boolean;
  /** Bytes; undefined for folders, and where the system does not tell. */
  size?: number | undefined;
  /** Last change, ms since 1970; undefined where the system does not tell. */
  changed?: number | undefined;
}

export interface FolderContent {
  /** Folders first, each kind by name. */
  entries: FolderEntry[];
  /** There are more entries than are listed. */
  isCut: boolean;
}

/** Reads what is in a folder. Rejects when it cannot be read; an entry that cannot be read is listed by its name. */
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
  const found = await stat(path.join(folder, name)).catch(() => undefined); // a link to nothing, or no permission
  const isFolder = found?.isDirectory() ?? false;
  return { name, isFolder, size: found?.isFile() ? found.size : undefined, changed: found?.mtimeMs };
}

/** By code points of the lower case: a collator would hold up the browser's thread for ten thousand names. */
function sorted(entries: readonly FolderEntry[]): FolderEntry[] {
  const keyed = entries.map((entry) => ({ entry, key: `${entry.isFolder ? 0 : 1}${entry.name.toLowerCase()}` }));
  keyed.sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0));
  return keyed.map(({ entry }) => entry);
}
