import type { ProfilePart } from '@bulkhead/contracts';
import type { ProfileTroubles } from './profile-troubles.ts';
import { type Found, readFileAside, readFileHere } from './read-file.ts';
import { appendToFile, appendToFileSync, replaceFile, replaceFileSync, rotateFile, setAside } from './write-file.ts';

interface Options {
  part: ProfilePart;
  /** Larger files are treated as unreadable. */
  mostBytes: number;
  troubles: ProfileTroubles;
}

/**
 * One file of the profile. Reading never blocks and never throws, whatever is at the path (a pipe, a folder, a device,
 * a file without permission): an unreadable file is reported and reads as undefined. It is set aside before something
 * is written in its place.
 */
export class ProfileFile {
  readonly path: string;
  readonly #options: Options;
  /** The file could not be read and must be kept. */
  #isUnread = false;

  constructor(path: string, options: Options) {
    this.path = path;
    this.#options = options;
  }

  /** Returns undefined when the file is missing or unreadable. */
  readSync(): { content: Buffer; modifiedAt: number } | undefined {
    return this.#taken(readFileHere(this.path, this.#options.mostBytes));
  }

  async read(): Promise<Buffer | undefined> {
    return this.#taken(await readFileAside(this.path, this.#options.mostBytes))?.content;
  }

  /** True when the file could not be read, or was refused. */
  get isUnread(): boolean {
    return this.#isUnread;
  }

  /** Marks the content that was read as damaged, or as of another version. */
  refuse(): void {
    this.#taken({ is: 'unreadable', why: 'damaged' });
  }

  /** Replaces the whole file, atomically. Rejects with the system's error, which has already been reported. */
  replace(pieces: Iterable<string>): Promise<void> {
    return this.#writing(() => replaceFile(this.path, pieces));
  }

  append(text: string): Promise<void> {
    return this.#writing(() => appendToFile(this.path, text));
  }

  replaceSync(text: string): void {
    this.#writingSync(() => replaceFileSync(this.path, text));
  }

  appendSync(text: string): void {
    this.#writingSync(() => appendToFileSync(this.path, text));
  }

  /** Starts a new file. Keeps up to `mostOld` earlier ones beside it. */
  rotateSync(mostOld: number): void {
    this.#writingSync(() => rotateFile(this.path, mostOld));
  }

  #taken<Content>(found: Found<Content>): { content: Content; modifiedAt: number } | undefined {
    if (found.is === 'read') return found;
    if (found.is === 'missing') return undefined;
    this.#isUnread = true;
    this.#options.troubles.unread(this.#options.part, found.why, this.path);
    return undefined;
  }

  async #writing(write: () => Promise<void>): Promise<void> {
    const { part, troubles } = this.#options;
    try {
      this.#makeWay();
      await write();
    } catch (error) {
      troubles.unwritten(part, error);
      throw error;
    }
    troubles.written(part);
  }

  #writingSync(write: () => void): void {
    const { part, troubles } = this.#options;
    try {
      this.#makeWay();
      write();
    } catch (error) {
      troubles.unwritten(part, error);
      throw error;
    }
    troubles.written(part);
  }

  #makeWay(): void {
    if (this.#isUnread) setAside(this.path);
    this.#isUnread = false;
  }
}
