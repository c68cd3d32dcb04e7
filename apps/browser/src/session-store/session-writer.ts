import { EventEmitter } from 'node:events';
import type { SessionFiles } from './session-files.ts';

export interface SessionWriterOptions {
  files: Pick<SessionFiles, 'write' | 'writeSync'>;
  /** The session as it is now, as JSON; undefined while there is nothing to be kept. */
  body: () => string | undefined;
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

/** Keeps the session on the disk: a change is there soon after it was made, and writing waits for nobody. */
export class SessionWriter extends EventEmitter<SessionWriterEvents> {
  readonly #options: SessionWriterOptions;
  #timer: NodeJS.Timeout | undefined;
  #due = 0;
  #writing: Promise<void> | undefined;
  #earliest = performance.now() + startMs;
  #changed = false;
  #finished = false;
  #written: string | undefined;
  #problem: string | null = null;

  constructor(options: SessionWriterOptions) {
    super();
    this.#options = options;
  }

  /** Why the session cannot be kept, in the system's words; null while it can. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Something of the session is different now. */
  changed(): void {
    this.#changed = true;
    this.#schedule(gatherMs);
  }

  /** The last state: on the disk when it returns, or a problem. What changes after it is not written. */
  finish(clean: boolean): void {
    if (this.#finished) return;
    this.#finished = true;
    clearTimeout(this.#timer);
    const body = this.#options.body();
    if (body === undefined) return;
    try {
      this.#options.files.writeSync({ clean, body });
    } catch (error) {
      this.#report(error);
    }
  }

  #schedule(waitMs: number): void {
    if (this.#writing || this.#finished) return;
    const now = performance.now();
    const due = Math.max(now + waitMs, this.#earliest);
    if (this.#timer && this.#due <= due) return;
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#write();
    }, due - now);
  }

  #write(): void {
    this.#changed = false;
    this.#earliest = performance.now() + periodMs;
    const body = this.#options.body();
    if (body === undefined || body === this.#written) return;
    this.#writing = this.#options.files.write({ clean: false, body }).then(
      () => {
        this.#written = body;
        this.#settle();
        this.#report(null);
      },
      (error: unknown) => {
        this.#settle();
        this.#report(error);
        this.#schedule(retryMs);
      },
    );
  }

  #settle(): void {
    this.#writing = undefined;
    if (this.#changed) this.#schedule(0);
  }

  #report(error: unknown): void {
    const problem = error === null ? null : error instanceof Error ? error.message : String(error);
    // A full disk stays full for many changes, and it is said once.
    if ((problem === null) === (this.#problem === null)) return;
    this.#problem = problem;
    this.emit('problem', problem);
  }
}
