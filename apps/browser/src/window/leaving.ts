import { app } from 'electron';
import type { WindowClosing } from '../dialogs/window-closing.ts';
import { argumentsOfNextStart } from '../runtime/application-arguments.ts';
import { endPictures } from '../tabs/page-picture.ts';
import type { SessionStore } from '../tabs/session-store.ts';
import type { TabStrip } from '../tabs/tab-strip.ts';
import type { BrowserWindow } from './browser-window.ts';

interface Parts {
  strip: TabStrip;
  window: BrowserWindow;
  closing: WindowClosing;
  sessionStore: SessionStore | undefined;
}

/**
 * Closes the window in order: first pages that flood the browser end, then questions come, last unload handlers run.
 */
export class Leaving {
  readonly #parts: Parts;
  #pages: 'open' | 'leaving' | 'gone' = 'open';
  /** Addresses that a second start handed over while the window closed. */
  #forNextStart: string[] | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { window, closing } = parts;
    window.base.on('close', (event) => {
      if (this.#endFloods() || !closing.mayClose() || this.#endPictures() || this.#leavePages()) event.preventDefault();
    });
  }

  get hasBegun(): boolean {
    return this.#pages !== 'open';
  }

  /** Opens these addresses in the next start. */
  openNextTime(addresses: readonly string[]): void {
    // Each call of `relaunch` would start one more instance.
    if (!this.#forNextStart)
      app.once('will-quit', () => app.relaunch({ args: [...argumentsOfNextStart(), ...(this.#forNextStart ?? [])] }));
    this.#forNextStart = [...(this.#forNextStart ?? []), ...addresses];
  }

  /** Returns true if pages flood the browser. The window closes after they have ended. */
  #endFloods(): boolean {
    const { strip, window } = this.#parts;
    const flooding = strip.tabs.filter((tab) => tab.isSlowed);
    if (flooding.length === 0) return false;
    void Promise.all(flooding.map((tab) => tab.endFlood())).then(() => window.close());
    return true;
  }

  /** Returns true while snapshots of pages are being taken. The window closes after that. */
  #endPictures(): boolean {
    const { window, closing } = this.#parts;
    const ended = endPictures();
    void ended?.then(() => {
      closing.allow();
      window.close();
    });
    return ended !== undefined;
  }

  /** Returns true while pages run their unload handlers. The window closes when they are done or late. */
  #leavePages(): boolean {
    const { strip, window, sessionStore } = this.#parts;
    if (this.#pages === 'open') {
      this.#pages = 'leaving';
      sessionStore?.freeze();
      // The user has closed the window and need not see its tabs close.
      window.base.hide();
      void strip.leave().then(() => {
        this.#pages = 'gone';
        window.close();
      });
    }
    return this.#pages !== 'gone';
  }
}
