import type { BaseWindow, WebContents } from 'electron';
import type { Tab } from '../tabs/tab.ts';
import type { TabStrip } from '../tabs/tab-strip.ts';

/** How long the user is told how to leave, ms. */
const hintMs = 5000;

/**
 * Follows pages that fill the window, or that hide the mouse pointer. The runtime makes the window full screen for a
 * page and takes it back when the page leaves, goes or ends; the shell hides its bars meanwhile and says how to leave.
 * Only the tab that is shown can be full screen.
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
    // The user, or the system, has left it for the window: the page has to follow. A page that has left by itself says so
    // after the window does.
    window.on('leave-full-screen', () => setImmediate(() => strip.active && this.#leave(strip.active)));
  }

  /** Leaves full screen, or makes the window full screen with its bars. */
  toggle(): void {
    const { active } = this.#strip;
    if (active?.health.fullScreen) this.#leave(active);
    else this.#window.setFullScreen(!this.#window.isFullScreen());
  }

  /** The page of these contents may hide the mouse pointer. */
  pointerLocked(contents: WebContents): void {
    const tab = this.#strip.tabs.find((each) => each.contents === contents);
    if (tab && tab === this.#strip.active) this.#hint(tab, 'pointer-lock');
  }

  #follow(tab: Tab): void {
    tab.contents.on('enter-html-full-screen', () => {
      tab.note({ fullScreen: true });
      this.#hint(tab, 'full-screen');
      // In the background it has no use for the window. It may only leave once it has come.
      if (tab !== this.#strip.active) setImmediate(() => this.#leave(tab));
    });
    // As in Chrome: what the tab asks, a page that fills the screen could have drawn itself.
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

  /** Takes the window from a page that stands still while it asks: it hears of that when the user has answered. */
  #drop(tab: Tab): void {
    if (!tab.health.fullScreen || this.#window.isDestroyed()) return;
    this.#dropped.add(tab);
    tab.note({ fullScreen: false, leaveHint: null });
    this.#window.setFullScreen(false);
  }

  /** Escape is heard by the browser process before any page: a page that hangs leaves, too. */
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
