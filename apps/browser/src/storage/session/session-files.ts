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
  /** What is there and could not be read, and why. */
  unread: readonly { file: string; why: Unreadable }[];
  /** A session that an earlier start could not read and has set aside, and that can be read now. */
  aside: SavedSession | undefined;
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
  #unread: { file: string; why: Unreadable }[] = [];
  /** What was set aside and is a session of ours after all. */
  #aside: string[] = [];

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
      broken: undefined,
      ended: undefined,
      damaged: this.#unread.length > 0,
      unread: this.#unread,
      aside: this.#readAside(),
    };
    for (const { file, generation } of whole) {
      found.damaged ||= generation.damaged;
      // Where a state is damaged, it is unknown whether the session was ended in it.
      if (generation.clean && !found.damaged) return { ...found, ended: generation.session };
      const broken = generation.session();
      if (broken) return { ...found, broken };
      this.#unread.push({ file, why: 'damaged' });
      found.damaged = true;
    }
    return found;
  }

  /** The user has opened what was set aside, or does not want it: it is kept, and not found again. */
  leaveAside(): void {
    for (const file of this.#aside.splice(0)) {
      try {
        renameSync(file, file.replace('.unread', '.read'));
      } catch {} // it is found again
    }
  }

  /** The newest session among them. */
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
