import type { ProfilePart } from '@bulkhead/contracts';
import type { ProfileTroubles } from './profile-troubles.ts';
import { type Found, readFileAside, readFileHere } from './read-file.ts';
import { appendToFile, appendToFileSync, replaceFile, replaceFileSync, setAside } from './write-file.ts';

interface Options {
  part: ProfilePart;
  /** A larger file is none of ours. */
  mostBytes: number;
  troubles: ProfileTroubles;
}

/**
 * One file of the profile. Whatever is in its place (a pipe, a folder, a device, what nobody may read), reading it
 * neither waits nor throws: it is said, and reads as nothing. What could not be read is set aside before something is
 * written in its place.
 */
export class ProfileFile {
  readonly path: string;
  readonly #options: Options;
  /** What is there is to be kept. */
  #isUnread = false;

  constructor(path: string, options: Options) {
    this.path = path;
    this.#options = options;
  }

  /** Undefined where there is none, or none that can be read. */
  readSync(): { content: Buffer; modifiedAt: number } | undefined {
    return this.#taken(readFileHere(this.path, this.#options.mostBytes));
  }

  async read(): Promise<Buffer | undefined> {
    return this.#taken(await readFileAside(this.path, this.#options.mostBytes))?.content;
  }

  /** There is something that could not be read, or was refused. */
  get isUnread(): boolean {
    return this.#isUnread;
  }

  /** What was read is damaged, or of another version. */
  refuse(): void {
    this.#taken({ is: 'unreadable', why: 'damaged' });
  }

  /** All of it anew, whole or not at all. Rejects with the system's error, which has been said. */
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
