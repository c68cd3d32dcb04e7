import { constants, fsyncSync, writeSync } from 'node:fs';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { headerLine, type Mark, recordLine, type SessionRecord } from './generation.ts';

/** Owner only: the session shows what the user visited. */
export const onlyOurs = 0o600;

/**
 * One generation while it is written. It has a temporary name until it holds a whole session. Then it has its final
 * name, and each change is appended to it.
 */
export class SessionFile {
  readonly number: number;
  readonly #handle: FileHandle;
  #bytes = 0;
  /** Size of the whole session at the start of the file, bytes. */
  #wholeBytes = 0;

  private constructor(number: number, handle: FileHandle) {
    this.number = number;
    this.#handle = handle;
  }

  static async create(file: string, number: number): Promise<SessionFile> {
    // O_APPEND: the synchronous write at shutdown must never overwrite a write that is under way.
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_APPEND;
    const created = new SessionFile(number, await open(file, flags, onlyOurs));
    await created.#write(headerLine(number));
    return created;
  }

  /** Size of the whole session, and of all changes since, bytes. */
  get size(): { whole: number; changes: number } {
    return { whole: this.#wholeBytes, changes: this.#bytes - this.#wholeBytes };
  }

  /** Appends a part of the whole session, or a change that was made meanwhile. */
  async write(record: SessionRecord, mark: Mark = '-'): Promise<void> {
    await this.#write(recordLine(this.number, mark, record));
  }

  /** Completes the session: renames the file over an older one, and flushes it to the disk. */
  async publish(aside: string, name: string): Promise<void> {
    await this.write({}, '=');
    this.#wholeBytes = this.#bytes;
    await rename(aside, name);
    await this.#handle.datasync();
  }

  /**
   * Appends a change. It survives a crash of the browser within milliseconds, and a loss of power when this resolves.
   */
  async append(record: SessionRecord): Promise<void> {
    await this.write(record);
    await this.#handle.datasync();
  }

  /** Appends the remaining changes at shutdown. They are on the disk when this returns. */
  endSync(records: readonly SessionRecord[], mark: 'clean' | 'unclean'): void {
    const lines = records.map((record) => recordLine(this.number, '-', record));
    writeWhole(this.#handle.fd, [...lines, recordLine(this.number, mark, {})].join(''));
    fsyncSync(this.#handle.fd);
  }

  close(): Promise<void> {
    return this.#handle.close().catch(() => undefined); // the data is written, or its write has already failed
  }

  async #write(text: string): Promise<void> {
    const bytes = Buffer.from(text);
    await this.#handle.writeFile(bytes);
    this.#bytes += bytes.length;
  }
}

/** The system may write only a part at a time. */
function writeWhole(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
}
