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
  /** The session cannot be kept, for this reason; or null: it is being kept again. */
  problem: [string | null];
}

/** The first page of a start is not to share the disk and the processor with the first write, ms. */
const startMs = 500;
/** Changes that come this soon after one another are one, ms. */
const gatherMs = 50;
/** Shortest time from one write to the next, ms. All of them stay well below the second that a change may take. */
const periodMs = 250;
/** What could not be written is tried again after so long, ms, or at the next change. */
const retryMs = 5000;
/** How long tabs are looked at in one turn of the event loop, and what is left to others until the next, ms. */
const sliceMs = 4;
const pauseMs = 6;
/** The file is written anew, with the next change, when its changes take more room than the session, or so many bytes. */
const leastChangesBytes = 262_144;
/** Or after so long, ms: were it damaged, the file before would be older than that. */
const longestAgeMs = 600_000;

/**
 * Keeps the session on the disk. A change is there soon after it was made; only the change is written, in slices that
 * keep nobody waiting. Now and then the whole session is written into a new file, in slices as well, while changes go
 * on to be added to the one before.
 */
export class SessionWriter extends EventEmitter<SessionWriterEvents> {
  readonly #files: SessionFiles;
  readonly #recorder: SessionWriterOptions['recorder'];
  /** Holds the whole session, and takes the changes. */
  #file: SessionFile | undefined;
  #fileSince = 0;
  /** Is to take its place. */
  #next: SessionFile | undefined;
  /** Changes that went to the one and not yet to the other. */
  #missing: SessionRecord[] = [];
  /** A change that is being written. */
  #underWay: SessionRecord[] = [];
  /** What is left to be written at the end, once that is known. */
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

  /** Why the session cannot be kept, in the system's words; null while it can. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Something of the session is different now. */
  changed(): void {
    this.#schedule(gatherMs);
  }

  /** The session stays what it is now: the window closes, and its tabs go one after the other. */
  freeze(): void {
    if (this.#last) return;
    clearTimeout(this.#timer);
    if (!this.#file) this.#last = [...this.#recorder.whole(Number.POSITIVE_INFINITY, { first: true })];
    else this.#last = [...this.#underWay, ...this.#rest()];
  }

  /** The last state: on the disk when it returns, or a problem. What changes after it is not written. */
  finish(clean: boolean): void {
    if (this.#isFinished) return;
    this.freeze();
    this.#isFinished = true;
    const mark = clean ? 'clean' : 'unclean';
    const last = this.#last ?? [];
    try {
      if (this.#file) this.#file.endSync(last, mark);
      else if (last.length > 0) this.#files.writeSync(last, mark);
      // It may be getting its name in this moment.
      if (this.#file) this.#next?.endSync([...this.#missing, ...last], mark);
    } catch (error) {
      this.#report(error);
    }
    void this.#file?.close();
    void this.#next?.close();
  }

  /** Everything that has changed and is not recorded. */
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
      // A line may be there in part, and nothing may follow it: the next one goes into a new file.
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
    // A full disk stays full for many changes, and it is said once.
    if ((problem === null) === (this.#problem === null)) return;
    this.#problem = problem;
    this.emit('problem', problem);
  }
}
