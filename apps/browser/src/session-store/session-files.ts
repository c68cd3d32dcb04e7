import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { decodeGeneration, headerLine, recordLine, type SessionRecord } from './generation.ts';
import type { SavedSession } from './saved-session.ts';
import { onlyOurs, SessionFile } from './session-file.ts';

/** What a start finds of the session before. */
export interface Found {
  /** The session that ended without the user's wish: the newest state of it that is whole. */
  broken: SavedSession | undefined;
  /** Reads the session that the user ended. Undefined when the session did not end so. */
  ended: (() => SavedSession | undefined) | undefined;
  /** A state is there and cannot be read: what is found may be the one before it, or nothing. */
  damaged: boolean;
}

/**
 * The two newest generations of a session, in two files of one folder that take turns. A new generation is written
 * aside until it holds the whole session, renamed over the older of the two, and flushed to the disk; changes are added
 * to its end from then on. So whenever the writer dies both files are whole; whenever the machine does, at least the
 * older one is; and a file that was damaged later leaves the other one. One writer a folder: the profile's lock sees to
 * that.
 */
export class SessionFiles {
  readonly #folder: string;
  /** Of the newest generation that is known to have its place. */
  #newest = 0;
  /** Of one that was begun. */
  #begun = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Number of the newest generation that was found or has got its place; 0 when there is none. */
  get newest(): number {
    return this.#newest;
  }

  /**
   * Never throws: what cannot be read is damaged. Before the first write, and before there is a window to be kept
   * waiting: the runtime tells of what was read asynchronously only some time after it is ready.
   */
  read(): Found {
    const files = [0, 1].map((turn) => readIfThere(this.#fileOf(turn)));
    const present = files.filter((file) => file !== undefined);
    const whole = present
      .map((file) => (file === null ? undefined : decodeGeneration(file)))
      .filter((generation) => generation !== undefined)
      .sort((one, other) => other.number - one.number);
    let damaged = whole.length < present.length;
    for (const generation of whole) {
      this.#newest = Math.max(this.#newest, generation.number);
      damaged ||= generation.damaged;
      // Where a state is damaged, it is unknown whether the session was ended in it.
      if (generation.clean && !damaged) return { broken: undefined, ended: generation.session, damaged };
      const broken = generation.session();
      if (broken) return { broken, ended: undefined, damaged };
      damaged = true;
    }
    return { broken: undefined, ended: undefined, damaged };
  }

  /** Begins the next generation, aside. One at a time. Rejects with the system's error. */
  async create(): Promise<SessionFile> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    this.#begun = this.#newest + 1;
    return SessionFile.create(this.#path('unfinished'), this.#begun);
  }

  /** Gives a generation that holds the whole session its place. */
  async publish(file: SessionFile): Promise<void> {
    await file.publish(this.#path('unfinished'), this.#fileOf(file.number));
    this.#newest = Math.max(this.#newest, file.number);
  }

  /** Writes a whole session at the very end. May overtake a generation that is being written. */
  writeSync(records: readonly SessionRecord[], mark: 'clean' | 'unclean'): void {
    const number = Math.max(this.#newest, this.#begun) + 1;
    const lines = records.map((record) => recordLine(number, '-', record));
    const text = [headerLine(number), ...lines, recordLine(number, mark, {})].join('');
    const aside = this.#path('unfinished-last');
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    writeFileSync(aside, text, { mode: onlyOurs, flush: true });
    renameSync(aside, this.#fileOf(number));
    this.#newest = number;
  }

  #fileOf(number: number): string {
    return this.#path(number % 2 === 0 ? 'even' : 'odd');
  }

  #path(name: string): string {
    return path.join(this.#folder, name);
  }
}

/** Undefined when there is no such file, null when it cannot be read. */
function readIfThere(file: string): Buffer | null | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return missing ? undefined : null;
  }
}
