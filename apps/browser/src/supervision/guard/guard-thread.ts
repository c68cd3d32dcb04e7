import { closeSync } from 'node:fs';
import { HelperThread } from '../../processes/helper-thread.ts';
import { type RefusedCounts, type RefusedNews, refusedBuffer, refusedCounts } from '../refused-calls/refused-counts.ts';
import { callGuard, cellCount } from './process-guard-cells.ts';

/** Memory of both threads. */
export type GuardData = Record<'processes' | 'refused', SharedArrayBuffer>;

/**
 * The guard: a thread that lets stopped processes go on and ends a GPU process that hangs. The browser's own thread cannot
 * do that, because it may wait for such a process without end, from its first renderer on: so this is made before the
 * application is ready. Linux only: elsewhere other processes cannot be looked at.
 */
export class GuardThread {
  /** Shared with the thread. */
  readonly cells = new Int32Array(new SharedArrayBuffer(cellCount * Int32Array.BYTES_PER_ELEMENT));
  readonly #thread: HelperThread<GuardData>;
  readonly #refused = refusedBuffer();
  /** Places for processes that are listened to, and who is told of theirs. */
  readonly #places = refusedCounts(this.#refused);
  readonly #onNews = new Map<RefusedCounts, (news: RefusedNews) => void>();

  /** `script`: what the thread runs, absolute path. */
  constructor(script: string) {
    const data = { processes: this.cells.buffer, refused: this.#refused };
    this.#thread = new HelperThread(script, data, () => callGuard(this.cells));
    this.#thread.whenMissing(() => this.#stopListening());
  }

  /** Calls `say` when the thread could not be started, or fails later. */
  whenMissing(say: (error: unknown) => void): void {
    this.#thread.whenMissing((error) => {
      this.#stopListening();
      say(error);
    });
  }

  /** It runs, and has a place for one more process. */
  get canListen(): boolean {
    return !this.#thread.isMissing && this.#places.some(isFree);
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
      callGuard(this.cells);
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
    this.#thread.end();
    this.#stopListening();
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
