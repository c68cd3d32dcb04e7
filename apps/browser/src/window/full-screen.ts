import type { BaseWindow, WebContents } from 'electron';
import type { Tab } from '../tabs/tab.ts';
import type { TabStrip } from '../tabs/tab-strip.ts';

/** How long the shell shows how to leave, ms. */
const hintMs = 5000;

/**
 * Follows pages that fill the screen or hide the mouse pointer. Electron makes the window full screen for a page, and
 * normal when the page leaves full screen, navigates or ends. Meanwhile the shell hides its bars and says how to leave.
 * Only the active tab can be full screen.
 */
export class FullScreen {
  readonly #strip: TabStrip;
  readonly #window: BaseWindow;
  /** Tabs whose pages do not know yet that they have lost the window. */
  readonly #dropped = new WeakSet<Tab>();
  readonly #hints = new WeakMap<Tab, NodeJS.Timeout>();

  constructor(strip: TabStrip, window: BaseWindow) {
    this.#strip = strip;
    this.#window = window;
    for (const tab of strip.tabs) this.#follow(tab);
    strip.on('added', (tab) => this.#follow(tab));
    strip.on('activated', (shown) => {
      for (const tab of strip.tabs) if (tab !== shown) this.#leave(tab);
    });
    // The user or the system left full screen for the window, so the page has to leave as well. If the page left by
    // itself, its event comes after the window's event: wait for it.
    window.on('leave-full-screen', () => setImmediate(() => strip.active && this.#leave(strip.active)));
  }

  /** Leaves full screen, or makes the window full screen with its bars. */
  toggle(): void {
    const { active } = this.#strip;
    if (active?.health.fullScreen) this.#leave(active);
    else this.#window.setFullScreen(!this.#window.isFullScreen());
  }

  /** Shows how to leave: the page of these contents may now hide the mouse pointer. */
  pointerLocked(contents: WebContents): void {
    const tab = this.#strip.tabs.find((each) => each.contents === contents);
    if (tab && tab === this.#strip.active) this.#hint(tab, 'pointer-lock');
  }

  #follow(tab: Tab): void {
    tab.contents.on('enter-html-full-screen', () => {
      tab.note({ fullScreen: true });
      this.#hint(tab, 'full-screen');
      // A background page must not fill the screen. It can leave only after it has entered.
      if (tab !== this.#strip.active) setImmediate(() => this.#leave(tab));
    });
    // As in Chrome: a page that fills the screen could draw a false question.
    tab.on('asks', (isAsking) => {
      if (isAsking) this.#drop(tab);
      else setImmediate(() => this.#leave(tab));
    });
    tab.contents.on('leave-html-full-screen', () => {
      this.#dropped.delete(tab);
      tab.note({ fullScreen: false, leaveHint: null });
    });
    tab.on('ended', () => this.#dropped.delete(tab));
    tab.on('closed', () => {
      clearTimeout(this.#hints.get(tab));
      if (tab.health.fullScreen && !this.#window.isDestroyed()) this.#window.setFullScreen(false);
    });
  }

  /** Ends full screen while the page is blocked by its question. The page learns of it after the user has answered. */
  #drop(tab: Tab): void {
    if (!tab.health.fullScreen || this.#window.isDestroyed()) return;
    this.#dropped.add(tab);
    tab.note({ fullScreen: false, leaveHint: null });
    this.#window.setFullScreen(false);
  }

  /** Leaves by Escape. The browser process handles that key before the page does, so a hanging page leaves as well. */
  #leave(tab: Tab): void {
    const { contents, health } = tab;
    if (!(health.fullScreen || this.#dropped.has(tab)) || contents.isDestroyed()) return;
    contents.sendInputEvent({ type: 'keyDown', keyCode: 'Escape' });
    contents.sendInputEvent({ type: 'keyUp', keyCode: 'Escape' });
  }

  #hint(tab: Tab, leaveHint: 'full-screen' | 'pointer-lock'): void {
    tab.note({ leaveHint });
    clearTimeout(this.#hints.get(tab));
    const end = () => tab.health.leaveHint && tab.note({ leaveHint: null });
    this.#hints.set(tab, setTimeout(end, hintMs));
  }
}
