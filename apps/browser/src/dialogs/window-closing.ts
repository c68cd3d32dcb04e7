import { EventEmitter } from 'node:events';
import type { WindowState } from '@bulkhead/contracts';
import type { TabStrip } from '../tabs/tab-strip.ts';
import { deliberateMs } from './deliberate.ts';

/**
 * Asks the user before the window closes, and the program with it, where pages object (`beforeunload`) or a download
 * runs. All pages are asked at the same time, and a page that does not answer within its deadline holds nothing up. Who
 * insists is not asked any more.
 */
export class WindowClosing extends EventEmitter<{ changed: [] }> {
  readonly #strip: TabStrip;
  readonly #close: () => void;
  readonly #downloads: () => number;
  #state: 'open' | 'asking pages' | 'asking the user' | 'closing' = 'open';
  #question: WindowState['closing'] = null;
  /** When closing was last wanted, or the question came: performance.now(). */
  #wantedAt = 0;

  /** `close` closes the window; `downloads` tells how many would be lost. */
  constructor(strip: TabStrip, { close, downloads }: { close: () => void; downloads: () => number }) {
    super();
    this.#strip = strip;
    this.#close = close;
    this.#downloads = downloads;
  }

  /** What the user is asked; null while nothing is asked. */
  get question(): WindowState['closing'] {
    return this.#question;
  }

  /** From now on nothing is asked: the system or the program itself wants the end. */
  allow(): void {
    this.#state = 'closing';
  }

  /** The window is about to close: whether it may. Otherwise it closes as soon as nothing objects any more. */
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
