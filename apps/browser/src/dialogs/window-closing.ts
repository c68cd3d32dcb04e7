import { EventEmitter } from 'node:events';
import type { WindowState } from '@bulkhead/contracts';
import type { TabStrip } from '../tabs/tab-strip.ts';
import { deliberateMs } from './deliberate.ts';

/**
 * Asks the user before the window closes, and the browser with it, if pages object (`beforeunload`) or a download runs.
 * All pages are asked at the same time, and a page that does not answer within its deadline delays nothing. A second
 * attempt closes the window without a question.
 */
export class WindowClosing extends EventEmitter<{ changed: [] }> {
  readonly #strip: TabStrip;
  readonly #close: () => void;
  readonly #downloads: () => number;
  #state: 'open' | 'asking pages' | 'asking the user' | 'closing' = 'open';
  #question: WindowState['closing'] = null;
  /** Time of the last attempt to close, or of the question: performance.now(). */
  #wantedAt = 0;

  /** `close` closes the window. `downloads` returns the number of downloads that would be lost. */
  constructor(strip: TabStrip, { close, downloads }: { close: () => void; downloads: () => number }) {
    super();
    this.#strip = strip;
    this.#close = close;
    this.#downloads = downloads;
  }

  /** The question to the user, or null. */
  get question(): WindowState['closing'] {
    return this.#question;
  }

  /** Allows closing without a question: the system or the program ends. */
  allow(): void {
    this.#state = 'closing';
  }

  /** Says whether the window may close now. Otherwise it closes as soon as nothing objects any more. */
  mayClose(): boolean {
    const asks = this.#downloads() > 0 || this.#strip.tabs.some(({ connection }) => connection);
    const before = this.#wantedAt;
    this.#wantedAt = performance.now();
    if (this.#state === 'open' && asks) {
      this.#state = 'asking pages';
      void this.#ask();
      return false;
    }
    const isAsking = this.#state === 'asking pages' || this.#state === 'asking the user';
    if (isAsking && this.#wantedAt - before < deliberateMs) return false;
    this.#state = 'closing';
    return true;
  }

  answer(close: boolean): void {
    if (this.#state !== 'asking the user') return;
    this.#question = null;
    this.#state = close ? 'closing' : 'open';
    this.emit('changed');
    if (close) this.#close();
  }

  async #ask(): Promise<void> {
    const asked = this.#strip.tabs.map(async ({ id, connection }) =>
      (await connection?.objectsToClosing()) ? [id] : [],
    );
    const tabs = (await Promise.all(asked)).flat();
    if (this.#state !== 'asking pages') return;
    const downloads = this.#downloads();
    const asks = tabs.length > 0 || downloads > 0;
    this.#state = asks ? 'asking the user' : 'closing';
    this.#question = asks ? { tabs, downloads } : null;
    this.#wantedAt = performance.now();
    this.emit('changed');
    if (this.#question === null) this.#close();
  }
}
