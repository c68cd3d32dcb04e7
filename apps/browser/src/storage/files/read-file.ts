import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  type Stats,
} from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';

/** Why a file could not be read. */
export type Unreadable =
  /** A folder, a pipe, a socket, a device, or a dangling link. */
  | 'no-file'
  | 'too-large'
  /** The content is not in Bulkhead's format: damaged, or of another version. */
  | 'damaged'
  /** The system denies access. */
  | 'refused'
  | 'other';

export type Found<Content> =
  | { is: 'missing' }
  /** `modifiedAt`: wall clock, ms. */
  | { is: 'read'; content: Content; modifiedAt: number }
  | { is: 'unreadable'; why: Unreadable };

// O_NONBLOCK: opening a pipe that has no writer would block forever. Windows has no such flag.
const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

/** Reads a file of the profile synchronously. Never blocks on a pipe or device, and never throws. */
export function readFileHere(file: string, mostBytes: number): Found<Buffer> {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, flags);
    const stats = fstatSync(descriptor);
    const why = whyNot(stats, mostBytes);
    if (why) return { is: 'unreadable', why };
    return { is: 'read', content: readFileSync(descriptor), modifiedAt: stats.mtimeMs };
  } catch (error) {
    return afterError(file, error);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Does the same as `readFileHere` asynchronously, for large files. */
export async function readFileAside(file: string, mostBytes: number): Promise<Found<Buffer>> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, flags);
    const stats = await handle.stat();
    const why = whyNot(stats, mostBytes);
    if (why) return { is: 'unreadable', why };
    return { is: 'read', content: await handle.readFile(), modifiedAt: stats.mtimeMs };
  } catch (error) {
    return afterError(file, error);
  } finally {
    await handle?.close();
  }
}

/** Reads at most the last `mostBytes` of a file, however large the file is. */
export async function readEndAside(file: string, mostBytes: number): Promise<Found<Buffer>> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, flags);
    const stats = await handle.stat();
    if (!stats.isFile()) return { is: 'unreadable', why: 'no-file' };
    const start = Math.max(0, stats.size - mostBytes);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(stats.size - start), 0, stats.size - start, start);
    return { is: 'read', content: buffer.subarray(0, bytesRead), modifiedAt: stats.mtimeMs };
  } catch (error) {
    return afterError(file, error);
  } finally {
    await handle?.close();
  }
}

/** Returns the names in a folder of the profile. Never throws. */
export function readFolderHere(folder: string): Found<string[]> {
  try {
    return { is: 'read', content: readdirSync(folder), modifiedAt: 0 };
  } catch (error) {
    return afterError(folder, error);
  }
}

export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error ? String(error.code) : undefined;

function whyNot(stats: Stats, mostBytes: number): Unreadable | undefined {
  if (!stats.isFile()) return 'no-file';
  return stats.size > mostBytes ? 'too-large' : undefined;
}

function afterError(file: string, error: unknown): Found<never> {
  const code = codeOf(error);
  if (code === 'ENOENT' && !leadsNowhere(file) && !leadsNowhere(path.dirname(file))) return { is: 'missing' };
  return { is: 'unreadable', why: reasons[code ?? ''] ?? 'other' };
}

const reasons: Record<string, Unreadable> = {
  ENOENT: 'no-file',
  ENOTDIR: 'no-file',
  EISDIR: 'no-file',
  ELOOP: 'no-file',
  ENXIO: 'no-file',
  ENODEV: 'no-file',
  ENOMEM: 'too-large',
  ERR_FS_FILE_TOO_LARGE: 'too-large',
  EACCES: 'refused',
  EPERM: 'refused',
};

const leadsNowhere = (place: string): boolean => isThere(place) && !existsSync(place);

/** True also for a dangling link. */
export function isThere(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false; // the parent of the file is not a folder
  }
}
