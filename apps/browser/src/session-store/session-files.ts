import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import path from 'node:path';
import { decodeGeneration, encodeGeneration, type Generation } from './generation.ts';
import { parseSession, type SavedSession } from './saved-session.ts';

/** What a start finds of the session before. */
export interface Found {
  /** The session that nobody ended: the newest state of it that is whole. */
  broken: SavedSession | undefined;
  /** The session that a person ended, as JSON: it is looked into only if somebody asks for it. */
  ended: string | undefined;
  /** A state is there and cannot be read: what is found may be the one before it, or nothing. */
  damaged: boolean;
}

/**
 * The two newest states of a session, in two files of one folder that take turns. A state is written aside, then
 * renamed over the older of the two, then flushed to the disk, before the next one may touch the other file. So
 * whenever the writer dies both files are whole; whenever the machine does, at least the older one is; and a file that
 * was damaged later leaves the other one. One writer a folder: the profile's lock sees to that.
 */
export class SessionFiles {
  readonly #folder: string;
  /** Of the newest state that is known to be on the disk. */
  #newest = 0;
  /** Of a state that is being written. */
  #underWay = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Number of the newest state that was found or written; 0 when there is none. */
  get newest(): number {
    return this.#newest;
  }

  /**
   * Throws for no reason: what cannot be read is damaged. Before the first write, and before there is a window to be
   * kept waiting: the runtime tells of what was read asynchronously only some time after it is ready.
   */
  read(): Found {
    const files = [0, 1].map((turn) => readIfThere(this.#fileOf(turn)));
    const present = files.filter((text) => text !== undefined);
    const whole = present
      .map((text) => (text === null ? undefined : decodeGeneration(text)))
      .filter((generation) => generation !== undefined)
      .sort((one, other) => other.number - one.number);
    let damaged = whole.length < present.length;
    for (const { number, clean, body } of whole) {
      this.#newest = Math.max(this.#newest, number);
      // Where a state is damaged, nobody knows whether the session was ended in it.
      if (clean && !damaged) return { broken: undefined, ended: body, damaged };
      const broken = parseSession(body);
      if (broken) return { broken, ended: undefined, damaged };
      damaged = true;
    }
    return { broken: undefined, ended: undefined, damaged };
  }

  /**
   * Writes the next state: found by the next start from within milliseconds on, safe from a loss of power when this
   * resolves. One at a time. Rejects with the system's error.
   */
  async write(state: Omit<Generation, 'number'>): Promise<void> {
    const number = this.#newest + 1;
    this.#underWay = number;
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      const file = await open(this.#path('unfinished'), 'w', onlyOurs);
      try {
        await file.writeFile(encodeGeneration({ ...state, number }));
        await rename(this.#path('unfinished'), this.#fileOf(number));
        await file.datasync();
      } finally {
        await file.close();
      }
      this.#newest = Math.max(this.#newest, number);
    } finally {
      this.#underWay = 0;
    }
  }

  /** The same at the very end, when nothing else will run any more. May overtake a state that is being written. */
  writeSync(state: Omit<Generation, 'number'>): void {
    const number = Math.max(this.#newest, this.#underWay) + 1;
    const aside = this.#path('unfinished-last');
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    writeFileSync(aside, encodeGeneration({ ...state, number }), { mode: onlyOurs, flush: true });
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

/** What a person looked at is nobody else's business. */
const onlyOurs = 0o600;

/** Undefined when there is no such file, null when it cannot be read. */
function readIfThere(file: string): string | null | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return missing ? undefined : null;
  }
}
