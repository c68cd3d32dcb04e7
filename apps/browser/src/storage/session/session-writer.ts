import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { SessionRecord } from './generation.ts';
import type { SessionFile } from './session-file.ts';
import type { SessionFiles } from './session-files.ts';
import type { SessionRecorder } from './session-recorder.ts';

export interface SessionWriterOptions {
  files: SessionFiles;
  recorder: Pick<SessionRecorder, 'take' | 'whole' | 'hasMore' | 'isDue'>;
}

interface SessionWriterEvents {
  /** The reason why the session cannot be saved, or null when it is saved again. */
  problem: [string | null];
}

/** Delay of the first write, so that it does not compete with the first page for disk and processor, ms. */
const startMs = 500;
/** Changes within this time are written together, ms. */
const gatherMs = 50;
/** Shortest time between two writes, ms. The sum of these times stays well below the second that a change may take. */
const periodMs = 250;
/** Time until a failed write is tried again, ms. The next change tries it sooner. */
const retryMs = 5000;
/** Longest time to read tabs in one turn of the event loop, and the pause until the next turn, ms. */
const sliceMs = 4;
const pauseMs = 6;
/** The next change starts a new file when the changes take more bytes than the whole session, and more than this. */
const leastChangesBytes = 262_144;
/**
 * The next change also starts a new file after this time, ms: it bounds the age of the older file, used if this one is
 * damaged.
 */
const longestAgeMs = 600_000;

/**
 * Saves the session. A change is soon on the disk. Only the change is written, in slices that do not block the event
 * loop. Now and then the whole session goes into a new file, in slices as well, while changes are still appended to the
 * file before.
 */
export class SessionWriter extends EventEmitter<SessionWriterEvents> {
  readonly #files: SessionFiles;
  readonly #recorder: SessionWriterOptions['recorder'];
  /** The file that holds the whole session and takes the changes. */
  #file: SessionFile | undefined;
  #fileSince = 0;
  /** The next file, not whole yet. */
  #next: SessionFile | undefined;
  /** Changes that are in `#file` but not yet in `#next`. */
  #missing: SessionRecord[] = [];
  /** The change that is being written. */
  #underWay: SessionRecord[] = [];
  /** The remaining records to write at shutdown, once the session is frozen. */
  #last: SessionRecord[] | undefined;
  #timer: NodeJS.Timeout | undefined;
  #due = 0;
  #isRunning = false;
  #isFinished = false;
  #earliest = performance.now() + startMs;
  #problem: string | null = null;

  constructor({ files, recorder }: SessionWriterOptions) {
    super();
    this.#files = files;
    this.#recorder = recorder;
  }

  /** Why the session cannot be saved, in the system's words. Null while it can. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Schedules a write: the session has changed. */
  changed(): void {
    this.#schedule(gatherMs);
  }

  /** Keeps the session as it is now: the window closes, and its tabs close one after the other. */
  freeze(): void {
    if (this.#last) return;
    clearTimeout(this.#timer);
    if (!this.#file) this.#last = [...this.#recorder.whole(Number.POSITIVE_INFINITY, { first: true })];
    else this.#last = [...this.#underWay, ...this.#rest()];
  }

  /** Writes the last state synchronously. Later changes are not written. A failure is reported as a problem. */
  finish(clean: boolean): void {
    if (this.#isFinished) return;
    this.freeze();
    this.#isFinished = true;
    const mark = clean ? 'clean' : 'unclean';
    const last = this.#last ?? [];
    try {
      if (this.#file) this.#file.endSync(last, mark);
      else if (last.length > 0) this.#files.writeSync(last, mark);
      // The next file may be getting its final name at this moment.
      if (this.#file) this.#next?.endSync([...this.#missing, ...last], mark);
    } catch (error) {
      this.#report(error);
    }
    void this.#file?.close();
    void this.#next?.close();
  }

  /** Yields all changes that are not recorded yet. */
  *#rest(): Generator<SessionRecord> {
    do {
      const record = this.#recorder.take(Number.POSITIVE_INFINITY);
      if (record) yield record;
    } while (this.#recorder.isDue);
  }

  #schedule(waitMs: number): void {
    if (this.#isRunning || this.#last) return;
    const now = performance.now();
    const due = Math.max(now + waitMs, this.#earliest);
    if (this.#timer && this.#due <= due) return;
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#run();
    }, due - now);
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    this.#earliest = performance.now() + periodMs;
    let waitMs = 0;
    try {
      if (!this.#file || this.#isOld(this.#file)) await this.#writeWhole();
      if (this.#file && !this.#last) await this.#writeChanges(this.#file);
      if (!this.#last) this.#report(null);
    } catch (error) {
      // The last line may be incomplete, and nothing may follow it: write a new file next.
      void this.#file?.close();
      void this.#next?.close();
      this.#file = undefined;
      this.#next = undefined;
      this.#report(error);
      waitMs = retryMs;
    }
    this.#isRunning = false;
    if (this.#recorder.isDue || waitMs > 0) this.#schedule(waitMs);
  }

  #isOld({ size: { whole, changes } }: SessionFile): boolean {
    if (!this.#recorder.isDue || changes === 0) return false;
    return changes > Math.max(whole, leastChangesBytes) || performance.now() - this.#fileSince > longestAgeMs;
  }

  async #writeChanges(file: SessionFile): Promise<void> {
    this.#earliest = performance.now() + periodMs;
    do {
      const record = this.#recorder.take(sliceMs);
      if (record) {
        this.#underWay = [record];
        if (this.#next) this.#missing.push(record);
        await file.append(record);
        this.#underWay = [];
      }
      if (this.#recorder.hasMore) await delay(pauseMs);
    } while (this.#recorder.hasMore && !this.#last);
  }

  async #writeWhole(): Promise<void> {
    const before = this.#file;
    const parts = this.#recorder.whole(sliceMs, { first: before === undefined });
    let part = parts.next();
    // There has been no tab yet.
    if (part.done) return;
    this.#missing = [];
    const next = await this.#files.create();
    this.#next = next;
    for (; !part.done && !this.#last; part = parts.next()) {
      await next.write(part.value);
      await delay(pauseMs);
      const isTime = performance.now() >= this.#earliest && this.#recorder.isDue;
      if (before && isTime && !this.#last) await this.#writeChanges(before);
    }
    for (; !this.#last && this.#missing[0]; this.#missing.shift()) await next.write(this.#missing[0]);
    if (this.#last) return;
    await this.#files.publish(next);
    this.#file = next;
    this.#fileSince = performance.now();
    this.#next = undefined;
    await before?.close();
  }

  #report(error: unknown): void {
    const problem = error === null ? null : error instanceof Error ? error.message : String(error);
    // A full disk stays full for many changes: report it once.
    if ((problem === null) === (this.#problem === null)) return;
    this.#problem = problem;
    this.emit('problem', problem);
  }
}
