import { closeSync } from 'node:fs';
import { HelperThread } from '../processes/helper-thread.ts';
import { callGuard, cellCount } from './process-guard-cells.ts';
import { type RefusedCounts, type RefusedNews, refusedBuffer, refusedCounts } from './refused-counts.ts';

/** Memory shared with the thread. */
export type GuardData = Record<'processes' | 'refused', SharedArrayBuffer>;

/**
 * The guard: a thread that continues stopped processes and ends a GPU process that hangs. The browser's own thread
 * cannot do that, because it may block on such a process forever, from its first renderer on. So the guard is created
 * before Electron is ready. Linux only: other systems do not let a process inspect others.
 */
export class GuardThread {
  /** Cells shared with the thread. */
  readonly cells = new Int32Array(new SharedArrayBuffer(cellCount * Int32Array.BYTES_PER_ELEMENT));
  readonly #thread: HelperThread<GuardData>;
  readonly #refused = refusedBuffer();
  /** Places for processes with a listener, and the callback of each. */
  readonly #places = refusedCounts(this.#refused);
  readonly #onNews = new Map<RefusedCounts, (news: RefusedNews) => void>();

  /** `script`: absolute path of the thread's code. */
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

  /** True when the thread runs and has a place for one more process. */
  get canListen(): boolean {
    return !this.#thread.isMissing && this.#places.some(isFree);
  }

  /**
   * Makes the thread answer and count the refused calls that arrive over this descriptor, which the thread owns from
   * now on. Returns undefined, and closes the descriptor, when there is no place.
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

  /** Reports the calls that were refused since the last time. */
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

  /** The thread has ended: close the listeners, so that the kernel answers waiting and later calls. */
  #stopListening(): void {
    for (const place of this.#places) {
      const { listener } = place;
      if (listener !== undefined && place.end(listener)) closeSync(listener);
    }
  }
}

const isFree = ({ listener }: RefusedCounts) => listener === undefined;
