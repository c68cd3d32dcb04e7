import { EventEmitter } from 'node:events';
import { type LogEnd, mostShownLines } from '@bulkhead/contracts';
import { type LogKeeper, log } from '../../log/log.ts';
import { entryOf } from '../../log/log-line.ts';
import { ProfileFile } from '../files/profile-file.ts';
import type { ProfileTroubles } from '../files/profile-troubles.ts';
import { readEndAside } from '../files/read-file.ts';

/** Size of a file of the log at which the next one begins, and number of earlier files that are kept. */
const fullBytes = 1024 * 1024;
const mostOld = 2;
/** Maximum length of lines that wait for the disk, UTF-16 code units. Further lines are counted and lost. */
const mostWaiting = 256 * 1024;
/** Length of the end of a file that is read for a page: more than `mostShownLines` usual lines. */
const shownBytes = 64 * 1024;

const newline = 10;

interface Options {
  /** Absolute path. */
  path: string;
  troubles: ProfileTroubles;
}

/**
 * The log of the browser process: a file in the profile, rotated by its size. Lines are written in the background, one
 * write at a time, so a slow disk delays nothing. A file that cannot be written is reported by `ProfileTroubles`, like
 * every other part of the profile, and each later line tries again.
 */
export class LogFile extends EventEmitter<{ changed: [] }> implements LogKeeper {
  readonly #file: ProfileFile;
  #waiting: string[] = [];
  #waitingLength = 0;
  /** Number of lines lost since the last line that was written. */
  #lost = 0;
  /** Undefined until the file has been looked at. */
  #bytes: number | undefined;
  /** The file may end within a line: the app or the disk was interrupted. */
  #endsInLine = false;
  #hasBegun = false;
  #isWriting = false;

  constructor({ path, troubles }: Options) {
    super();
    // Each document of the crash reports page adds a listener.
    this.setMaxListeners(0);
    this.#file = new ProfileFile(path, { part: 'log', mostBytes: 4 * fullBytes, troubles });
  }

  get path(): string {
    return this.#file.path;
  }

  add(line: string): void {
    if (this.#waitingLength + line.length > mostWaiting) {
      this.#lost += 1;
      return;
    }
    this.#waiting.push(line);
    this.#waitingLength += line.length;
    if (this.#hasBegun) void this.#write();
  }

  /** Writes the lines so far, and all later ones. Not earlier: the start of the app has more urgent work. */
  begin(): void {
    this.#hasBegun = true;
    void this.#write();
  }

  /** Writes what waits before it returns. */
  writeNow(): void {
    const lines = this.#take();
    if (lines.length === 0) return;
    try {
      if (this.#bytes === undefined) this.#found(this.#file.readSync()?.content);
      const text = this.#makeRoomFor(lines);
      this.#file.appendSync(text);
      this.#written(text);
    } catch {
      this.#lose(lines); // reported by ProfileFile
    }
  }

  /** Reads the last lines. Never throws. */
  async read(): Promise<LogEnd> {
    const { content, unread } = await readLines(this.path);
    const earlier = content.length < mostShownLines ? (await readLines(`${this.path}.1`)).content : [];
    const lines = [...earlier, ...content].slice(-mostShownLines).reverse();
    return { entries: lines.flatMap((line) => entryOf(line) ?? []), unread };
  }

  /** Never rejects. */
  async #write(): Promise<void> {
    if (this.#isWriting) return;
    this.#isWriting = true;
    // Lines of one turn are written together.
    await new Promise(setImmediate);
    for (let lines = this.#take(); lines.length > 0; lines = this.#take()) {
      try {
        if (this.#bytes === undefined) this.#found(await this.#file.read());
        const text = this.#makeRoomFor(lines);
        await this.#file.append(text);
        this.#written(text);
      } catch {
        this.#lose(lines); // reported by ProfileFile
      }
      this.emit('changed');
    }
    this.#isWriting = false;
  }

  #take(): string[] {
    const lines = this.#waiting;
    this.#waiting = [];
    this.#waitingLength = 0;
    return lines;
  }

  /** Call this with the content of the file, once. */
  #found(content: Buffer | undefined): void {
    this.#bytes ??= content?.length ?? 0;
    this.#endsInLine = (content?.at(-1) ?? newline) !== newline;
  }

  /** Returns the text of these lines. Begins a new file before it when the present one is full. */
  #makeRoomFor(lines: readonly string[]): string {
    const text = `${this.#endsInLine ? '\n' : ''}${lines.join('\n')}\n`;
    const bytes = this.#bytes ?? 0;
    if (bytes > 0 && bytes + Buffer.byteLength(text) > fullBytes) {
      this.#file.rotateSync(mostOld);
      this.#bytes = 0;
    }
    return text;
  }

  #written(text: string): void {
    this.#bytes = (this.#bytes ?? 0) + Buffer.byteLength(text);
    this.#endsInLine = false;
    const lost = this.#lost;
    this.#lost = 0;
    if (lost > 0) log.warn(`${lost} lines of the log before this one are lost`);
  }

  #lose(lines: readonly string[]): void {
    this.#lost += lines.length;
    this.#endsInLine = true;
  }
}

async function readLines(file: string): Promise<{ content: string[]; unread: LogEnd['unread'] }> {
  const found = await readEndAside(file, shownBytes);
  if (found.is !== 'read') return { content: [], unread: found.is === 'missing' ? null : found.why };
  const lines = found.content.toString().split('\n');
  // The first line may be cut off.
  const whole = found.content.length === shownBytes ? lines.slice(1) : lines;
  return { content: whole.filter((line) => line !== ''), unread: null };
}
