import { constants, fsyncSync, writeSync } from 'node:fs';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { headerLine, type Mark, recordLine, type SessionRecord } from './generation.ts';

/** What the user looked at is private. */
export const onlyOurs = 0o600;

/**
 * One generation while it is written: aside, until it holds a whole session; then under its name, where each change is
 * added to its end.
 */
export class SessionFile {
  readonly number: number;
  readonly #handle: FileHandle;
  #bytes = 0;
  /** Size of the whole session at its beginning, bytes. */
  #wholeBytes = 0;

  private constructor(number: number, handle: FileHandle) {
    this.number = number;
    this.#handle = handle;
  }

  static async create(file: string, number: number): Promise<SessionFile> {
    // What is written at the very end, past everything that is under way, must never overwrite it.
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_APPEND;
    const created = new SessionFile(number, await open(file, flags, onlyOurs));
    await created.#write(headerLine(number));
    return created;
  }

  /** Size of the whole session, and of all changes since, bytes. */
  get size(): { whole: number; changes: number } {
    return { whole: this.#wholeBytes, changes: this.#bytes - this.#wholeBytes };
  }

  /** Adds a part of the whole session, or a change that came meanwhile. */
  async write(record: SessionRecord, mark: Mark = '-'): Promise<void> {
    await this.#write(recordLine(this.number, mark, record));
  }

  /** The session is whole: gives the file its name, in the place of an older one, and flushes it to the disk. */
  async publish(aside: string, name: string): Promise<void> {
    await this.write({}, '=');
    this.#wholeBytes = this.#bytes;
    await rename(aside, name);
    await this.#handle.datasync();
  }

  /** Adds a change: found by the next start from within milliseconds on, safe from a loss of power when it resolves. */
  async append(record: SessionRecord): Promise<void> {
    await this.write(record);
    await this.#handle.datasync();
  }

  /** Adds what is left when the program ends. It is on the disk when this returns. */
  endSync(records: readonly SessionRecord[], mark: 'clean' | 'unclean'): void {
    const lines = records.map((record) => recordLine(this.number, '-', record));
    writeWhole(this.#handle.fd, [...lines, recordLine(this.number, mark, {})].join(''));
    fsyncSync(this.#handle.fd);
  }

  close(): Promise<void> {
    return this.#handle.close().catch(() => undefined); // what was written is there, or its write has failed
  }

  async #write(text: string): Promise<void> {
    const bytes = Buffer.from(text);
    await this.#handle.writeFile(bytes);
    this.#bytes += bytes.length;
  }
}

/** The system may take a part of it at a time. */
function writeWhole(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
}
