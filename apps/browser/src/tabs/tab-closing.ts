import type { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WebContents } from 'electron';
import type { PageThrottle } from '../page-events/page-throttle.ts';
import type { TabConnection } from './tab-connection.ts';
import type { TabEvents } from './tab-events.ts';

/** Parts of a tab that its closing needs. */
interface ClosableTab extends EventEmitter<TabEvents> {
  readonly contents: WebContents;
  readonly connection: TabConnection | undefined;
  readonly pid: number | null;
  readonly throttle: PageThrottle;
  kill(): void;
  guard(run: () => unknown): void;
}

/** How a tab closes: by the user, by its page, or with its window. */
export class TabClosing {
  readonly #tab: ClosableTab;
  #isRequested = false;
  #isWithWindow = false;
  #goes = false;
  #isDone = false;

  constructor(tab: ClosableTab) {
    this.#tab = tab;
    tab.contents.once('destroyed', () => {
      this.#isDone = true;
    });
  }

  /** The user or the browser has requested it. */
  get isRequested(): boolean {
    return this.#isRequested;
  }

  /** Its page has requested it: neither the user nor the browser has, and the window stays. */
  get isByPage(): boolean {
    return !this.#isRequested && !this.#isWithWindow;
  }

  /**
   * Its contents are being closed. They emit events meanwhile, and acting on them within such an event crashes
   * Electron.
   */
  get goes(): boolean {
    return this.#goes;
  }

  /** The contents are destroyed, and can no longer be asked. */
  get isDone(): boolean {
    return this.#isDone;
  }

  /** Says whether an event of the contents is still handled. Call it for each. */
  hears(name: string | symbol): boolean {
    if (name === 'close') this.#goes = true;
    return !this.#goes || endEvents.has(name);
  }

  /** Closes the tab for the user or the browser. */
  request(): void {
    if (this.#isDone) return;
    // A page may take its time to leave, and the user may press again.
    if (!this.#isRequested) {
      this.#isRequested = true;
      this.#tab.emit('closing');
    }
    if (!this.#tab.throttle.isSlowed) void this.#takeDown();
    else void this.endFlood().then(() => this.#takeDown());
  }

  /** Closes the tab with its window. Resolves when its contents are closed. */
  leaveWithWindow(): Promise<void> {
    this.#isWithWindow = true;
    return this.#takeDown();
  }

  /**
   * Call this before the tab closes. A page that floods the browser is not asked whether it may be left, because its
   * answer would come after the flood: its process is ended. Resolves when there is no flood.
   */
  async endFlood(): Promise<void> {
    const { throttle, pid } = this.#tab;
    if (!throttle.isSlowed || pid === null) {
      throttle.release();
      return;
    }
    const ended = new Promise((resolve) => this.#tab.once('ended', resolve));
    this.#tab.kill();
    await Promise.race([ended, sleep(floodMs)]);
  }

  /**
   * Lets the page run its last handlers and close. Electron's own way would count as a user gesture, which lets the
   * page write to the clipboard; a debugger command does not. The page may also not open a file chooser, for which it
   * may still have a gesture: the chooser would outlive the page and block input to the window.
   */
  leavePage(): void {
    const { debugger: commands } = this.#tab.contents;
    if (!commands.isAttached()) commands.attach();
    const send = (name: string, options = {}) => commands.sendCommand(name, options).catch(() => undefined);
    void send('Page.enable');
    void send('Page.setInterceptFileChooserDialog', { enabled: true });
    void send('Page.close');
  }

  /**
   * Closes the contents. From now on only their end is handled. A responsive page runs its last handlers before
   * (`pagehide`, `unload`), because it may save something there. Whether it objects (`beforeunload`) was asked already.
   */
  async #takeDown(): Promise<void> {
    if (this.#isDone) return;
    const tab = this.#tab;
    this.#goes = true;
    const gone = new Promise<void>((resolve) => tab.once('closed', resolve));
    const answers = tab.connection?.responsive ?? false;
    tab.connection?.close();
    tab.guard(() => (answers ? this.leavePage() : tab.contents.close()));
    await Promise.race([gone, sleep(lastHandlersMs)]);
    tab.guard(() => !this.#isDone && tab.contents.close());
  }
}

/**
 * Events that are still handled while contents are closed. Electron uses the first to ask whether the page may be left.
 */
const endEvents: ReadonlySet<string | symbol> = new Set(['-before-unload-fired', 'destroyed']);

/** Longest wait for a page's last handlers, ms. Chromium itself waits as long. */
const lastHandlersMs = 500;

/** Longest wait for the end of a process that floods the browser, ms. */
const floodMs = 2000;
