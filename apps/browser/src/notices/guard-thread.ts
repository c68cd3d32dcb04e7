import { closeSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { StrainCells } from '../page-events/strain-cells.ts';
import { type RefusedCounts, type RefusedNews, refusedBuffer, refusedCounts } from '../refused-calls/refused-counts.ts';
import { cell, cellCount } from './process-guard-cells.ts';

/**
 * The guard: a thread that lets stopped processes go on and ends a GPU process that hangs. The browser's own thread cannot
 * do that, because it may wait for such a process without end, from its first renderer on: so this is made before the
 * application is ready. Linux only: elsewhere other processes cannot be looked at.
 */
export class GuardThread {
  /** Shared with the thread, as are the cells of `strain`. */
  readonly cells = new Int32Array(new SharedArrayBuffer(cellCount * Int32Array.BYTES_PER_ELEMENT));
  readonly strain = new StrainCells();
  readonly #worker: Worker | undefined;
  readonly #refused = refusedBuffer();
  /** Places for processes that are listened to, and who is told of theirs. */
  readonly #places = refusedCounts(this.#refused);
  readonly #onNews = new Map<RefusedCounts, (news: RefusedNews) => void>();
  #why: { error: unknown } | undefined;
  #say: (error: unknown) => void = () => undefined;

  /** `script`: what the thread runs, absolute path. Some failures to start a thread are thrown, others are events. */
  constructor(script: string) {
    if (process.platform !== 'linux') return;
    try {
      this.#worker = new Worker(script, {
        workerData: { processes: this.cells.buffer, strain: this.strain.buffer, refused: this.#refused },
      });
      this.#worker.on('error', (error) => this.#fail(error));
      this.#worker.unref();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Calls `say` when the thread could not be started, or fails later. */
  whenMissing(say: (error: unknown) => void): void {
    this.#say = say;
    if (this.#why) say(this.#why.error);
  }

  /** From now on the thread also looks for pages that strain the browser. The start of the program is no page's doing. */
  watchPages(): void {
    Atomics.store(this.cells, cell.watchesPages, 1);
  }

  /** It runs, and has a place for one more process. */
  get canListen(): boolean {
    return this.#worker !== undefined && this.#why === undefined && this.#places.some(isFree);
  }

  /**
   * Has the thread answer and count the refused calls that come over this descriptor, which is its own from now on.
   * Undefined when there is no place: the descriptor is closed then.
   */
  listen(listener: number, onNews: (news: RefusedNews) => void): RefusedCounts | undefined {
    const place = this.canListen ? this.#places.find(isFree) : undefined;
    if (place) {
      this.#onNews.set(place, onNews);
      place.begin(listener);
    } else closeSync(listener);
    return place;
  }

  /** Tells of what was refused since the last time. */
  tellRefused(): void {
    for (const [place, onNews] of this.#onNews) {
      const news = place.takeNews();
      if (news) onNews(news);
    }
  }

  dispose(): void {
    void this.#worker?.terminate().then(() => this.#stopListening());
  }

  #fail(error: unknown): void {
    this.#why ??= { error };
    this.#stopListening();
    this.#say(error);
  }

  /** The thread has ended. Whoever waits for its answer, now or later, gets the kernel's. */
  #stopListening(): void {
    for (const place of this.#places) {
      const { listener } = place;
      if (listener !== undefined && place.end(listener)) closeSync(listener);
    }
  }
}

const isFree = ({ listener }: RefusedCounts) => listener === undefined;
