import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readFileHere } from '../profile-files/read-file.ts';
import { makeFolder, removeFile, setAside } from '../profile-files/write-file.ts';
import {
  decodeGeneration,
  type Generation,
  headerLine,
  isNewer,
  nextNumber,
  recordLine,
  type SessionRecord,
} from './generation.ts';
import type { SavedSession } from './saved-session.ts';
import { onlyOurs, SessionFile } from './session-file.ts';

/** Several times what the longest session takes: what is larger is none. */
const mostBytes = 1024 * 1024 * 1024;

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
 * older one is; and a file that was damaged later leaves the other one. What is in the place of one and is no session of
 * ours, such as that of a newer version, is set aside before something is written. One writer a folder: the profile's
 * lock sees to that.
 */
export class SessionFiles {
  readonly #folder: string;
  /** Of the newest generation that is known to have its place. */
  #newest = 0;
  /** Of one that was begun. */
  #begun = 0;
  /** What is in their place is to be kept. */
  #unread: string[] = [];

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
    const present: (Generation | undefined)[] = [];
    this.#unread = [];
    for (const turn of [0, 1]) {
      const file = this.#fileOf(turn);
      const found = readFileHere(file, mostBytes);
      if (found.is === 'missing') continue;
      const generation = found.is === 'read' ? decodeGeneration(found.content) : undefined;
      present.push(generation);
      if (!generation) this.#unread.push(file);
    }
    const whole = present
      .filter((generation) => generation !== undefined)
      .sort((one, other) => (isNewer(one.number, other.number) ? -1 : 1));
    let damaged = whole.length < present.length;
    this.#newest = whole[0]?.number ?? this.#newest;
    for (const generation of whole) {
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
    this.#makePlace();
    this.#begun = nextNumber(this.#newest);
    const unfinished = this.#path('unfinished');
    removeFile(unfinished);
    return SessionFile.create(unfinished, this.#begun);
  }

  /** Gives a generation that holds the whole session its place. */
  async publish(file: SessionFile): Promise<void> {
    await file.publish(this.#path('unfinished'), this.#fileOf(file.number));
    if (isNewer(file.number, this.#newest)) this.#newest = file.number;
  }

  /** Writes a whole session at the very end. May overtake a generation that is being written. */
  writeSync(records: readonly SessionRecord[], mark: 'clean' | 'unclean'): void {
    this.#makePlace();
    const number = nextNumber(isNewer(this.#begun, this.#newest) ? this.#begun : this.#newest);
    const lines = records.map((record) => recordLine(number, '-', record));
    const text = [headerLine(number), ...lines, recordLine(number, mark, {})].join('');
    const aside = this.#path('unfinished-last');
    removeFile(aside);
    writeFileSync(aside, text, { mode: onlyOurs, flag: 'wx', flush: true });
    renameSync(aside, this.#fileOf(number));
    this.#newest = number;
  }

  #makePlace(): void {
    makeFolder(this.#folder);
    for (const file of this.#unread.splice(0)) setAside(file);
  }

  #fileOf(number: number): string {
    return this.#path(number % 2 === 0 ? 'even' : 'odd');
  }

  #path(name: string): string {
    return path.join(this.#folder, name);
  }
}
