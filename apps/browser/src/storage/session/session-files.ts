import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readFileHere, readFolderHere, type Unreadable } from '../files/read-file.ts';
import { makeFolder, removeFile, setAside } from '../files/write-file.ts';
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

/** Size limit of one file, several times the longest session. */
const mostBytes = 1024 * 1024 * 1024;

/** The sessions of earlier starts, as this start finds them. */
export interface Found {
  /** The newest whole state of a session that ended uncleanly. */
  unclean: SavedSession | undefined;
  /** Reads the session that the user ended. Undefined when the user did not end it. */
  ended: (() => SavedSession | undefined) | undefined;
  /** A state could not be read. The state that is found may be the one before it, or none. */
  damaged: boolean;
  /** Files that could not be read, and why. */
  unread: readonly { file: string; why: Unreadable }[];
  /** A session that an earlier start could not read and set aside, and that is readable now. */
  aside: SavedSession | undefined;
}

/**
 * The two newest generations of a session, in two files of one folder that are used in turn. A new generation is
 * written under a temporary name until it holds the whole session, then renamed over the older file and flushed to the
 * disk. Later changes are appended to it. So both files are whole when the writer dies, at least the older one is whole
 * when the machine crashes, and a file that is damaged later leaves the other one. A file that is not a session of this
 * version is set aside before something is written in its place. The profile's lock ensures one writer a folder.
 */
export class SessionFiles {
  readonly #folder: string;
  /** Number of the newest generation that has its final name. */
  #newest = 0;
  /** Number of the last generation that was begun. */
  #begun = 0;
  /** Unreadable files at the two paths, which must be kept. */
  #unread: { file: string; why: Unreadable }[] = [];
  /** Files that were set aside and are readable now. */
  #aside: string[] = [];

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Number of the newest generation that was found or published. 0 when there is none. */
  get newest(): number {
    return this.#newest;
  }

  /**
   * Never throws; unreadable files count as damaged. Synchronous, and called before the first write and before there is
   * a window: Electron delivers the results of asynchronous reads only some time after it is ready.
   */
  read(): Found {
    const whole: { file: string; generation: Generation }[] = [];
    this.#unread = [];
    for (const turn of [0, 1]) {
      const file = this.#fileOf(turn);
      const found = readFileHere(file, mostBytes);
      if (found.is === 'missing') continue;
      const generation = found.is === 'read' ? decodeGeneration(found.content) : undefined;
      if (generation) whole.push({ file, generation });
      else this.#unread.push({ file, why: found.is === 'read' ? 'damaged' : found.why });
    }
    whole.sort((one, other) => (isNewer(one.generation.number, other.generation.number) ? -1 : 1));
    this.#newest = whole[0]?.generation.number ?? this.#newest;
    const found: Found = {
      unclean: undefined,
      ended: undefined,
      damaged: this.#unread.length > 0,
      unread: this.#unread,
      aside: this.#readAside(),
    };
    for (const { file, generation } of whole) {
      found.damaged ||= generation.damaged;
      // Where a state is damaged, nothing shows whether the user ended the session after it.
      if (generation.clean && !found.damaged) return { ...found, ended: generation.session };
      const unclean = generation.session();
      if (unclean) return { ...found, unclean };
      this.#unread.push({ file, why: 'damaged' });
      found.damaged = true;
    }
    return found;
  }

  /**
   * Renames the files that were set aside, so that they are kept but not found again: the user opened or dismissed
   * them.
   */
  leaveAside(): void {
    for (const file of this.#aside.splice(0)) {
      try {
        renameSync(file, file.replace('.unread', '.read'));
      } catch {} // the next start finds it again
    }
  }

  /** Returns the newest session that was set aside. */
  #readAside(): SavedSession | undefined {
    const folder = readFolderHere(this.#folder);
    const names = folder.is === 'read' ? folder.content.filter((name) => /^(odd|even)\.unread/.test(name)) : [];
    const found = names.flatMap((name) => {
      const file = this.#path(name);
      const content = readFileHere(file, mostBytes);
      const session = content.is === 'read' ? decodeGeneration(content.content)?.session() : undefined;
      return session && content.is === 'read' ? [{ file, session, modifiedAt: content.modifiedAt }] : [];
    });
    found.sort((one, other) => other.modifiedAt - one.modifiedAt);
    this.#aside = found.map(({ file }) => file);
    return found[0]?.session;
  }

  /** Begins the next generation under a temporary name. One at a time. Rejects with the system's error. */
  async create(): Promise<SessionFile> {
    this.#makePlace();
    this.#begun = nextNumber(this.#newest);
    const unfinished = this.#path('unfinished');
    removeFile(unfinished);
    return SessionFile.create(unfinished, this.#begun);
  }

  /** Gives a generation that holds the whole session its final name. */
  async publish(file: SessionFile): Promise<void> {
    await file.publish(this.#path('unfinished'), this.#fileOf(file.number));
    if (isNewer(file.number, this.#newest)) this.#newest = file.number;
  }

  /** Writes a whole session synchronously at shutdown. May overtake a generation that is being written. */
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
    for (const { file } of this.#unread) setAside(file);
    this.#unread = [];
  }

  #fileOf(number: number): string {
    return this.#path(number % 2 === 0 ? 'even' : 'odd');
  }

  #path(name: string): string {
    return path.join(this.#folder, name);
  }
}
