import type { Rectangle } from '@bulkhead/contracts';
import { BaseWindow, nativeTheme, type View, type WebContents, webContents } from 'electron';
import { boundedTitle } from '../bounds/page-facts.ts';
import type { Shell } from '../shell/shell.ts';
import type { Tab } from '../tabs/tab.ts';
import type { TabStrip } from '../tabs/tab-strip.ts';
import { onceTold } from '../timing/once-told.ts';

export interface BrowserWindowOptions {
  title: string;
  /** False if the window stays hidden. */
  show: boolean;
  icon?: string;
}

/**
 * One window. The shell's view fills it. The active tab's view lies above the shell's view, at the place that the shell
 * names. While the shell has an overlay open, the shell's view is on top, and transparent where the page is.
 */
export class BrowserWindow {
  readonly base: BaseWindow;
  readonly #shell: Shell;
  readonly #strip: TabStrip;
  /** A second window, which is never shown. It holds the hidden pages that would take the keyboard in the first one. */
  #unseen: BaseWindow | undefined;
  #content: Rectangle | undefined;
  #overlay = false;
  #shown: Tab | undefined;
  /** Corner radius of the page that is shown, pixels. */
  #radius = 0;
  #movesFocus = false;

  constructor(shell: Shell, strip: TabStrip, { title, show, icon }: BrowserWindowOptions) {
    this.#shell = shell;
    this.#strip = strip;
    this.base = new BaseWindow({
      title,
      show,
      width: 1280,
      height: 860,
      minWidth: 400,
      minHeight: 300,
      ...(icon !== undefined && { icon }),
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#11181c' : '#eef2f4',
    });
    this.base.on('closed', () => this.#unseen?.destroy());
    this.base.on('resize', () => this.#layOut());
    this.base.on('focus', () => this.#moveFocusSoon());
    // A tab that becomes active in this turn is added to the window by `#layOut`.
    strip.on('added', (tab) => setImmediate(() => this.#keepInside(tab)));
    strip.on('activated', () => {
      this.#layOut();
      this.#moveFocusSoon();
    });
    strip.on('changed', () => {
      this.#layOut();
      this.#showTitle();
      this.#moveFocusSoon();
    });
    strip.on('removed', (tab) => {
      if (this.#shown === tab) this.#shown = undefined;
      // A destroyed window has already destroyed its views.
      if (this.base.isDestroyed()) return;
      for (const window of [this.base, this.#unseen]) window?.contentView.removeChildView(tab.view);
    });
  }

  /** Adds the shell's view to the window, below the page. */
  attachShell(view: View): void {
    this.base.contentView.addChildView(view, 0);
    this.#layOut();
  }

  /**
   * Sets the page's place, as the shell laid it out. `#clamp` keeps it inside the window, even if the shell is wrong.
   */
  setContentBounds(bounds: Rectangle): void {
    this.#content = bounds;
    this.#layOut();
  }

  setOverlay(overlay: boolean): void {
    if (overlay === this.#overlay) return;
    this.#overlay = overlay;
    // Adding a view again moves it to the top.
    const top = overlay ? this.#shell.view : this.#shown?.view;
    if (top) this.base.contentView.addChildView(top);
  }

  /** True if the window is on the screen. */
  get isSeen(): boolean {
    return !this.base.isDestroyed() && this.base.isVisible() && !this.base.isMinimized();
  }

  focus(): void {
    if (this.base.isMinimized()) this.base.restore();
    this.base.focus();
  }

  /** Returns focus to the page if the shell has it and no longer needs it. */
  focusPage(): void {
    if (!this.#shell.view?.webContents.isFocused() || this.#awaitsPerson) return;
    this.#shown?.contents.focus();
  }

  close(): void {
    if (!this.base.isDestroyed()) this.base.close();
  }

  #layOut(): void {
    if (this.base.isDestroyed()) return;
    const [width = 0, height = 0] = this.base.getContentSize();
    this.#shell.view?.setBounds({ x: 0, y: 0, width, height });
    this.#show(this.#strip.active, this.#clamp(width, height));
  }

  /** True if the shell shows something that the user must act on: a dialog, or a screen in place of the page. */
  get #awaitsPerson(): boolean {
    const tab = this.#strip.active;
    if (!tab) return false;
    const { hang, dialog, asksToResend } = tab.health;
    return !tab.showsPage || hang !== null || dialog !== null || asksToResend;
  }

  /**
   * Moves focus after the shell has been told of the change: the current event may move the focus itself, and the
   * display server may answer late.
   */
  #moveFocusSoon(): void {
    if (this.#movesFocus) return;
    this.#movesFocus = true;
    onceTold(() => {
      this.#movesFocus = false;
      this.#moveFocus();
    });
  }

  /**
   * Takes focus from a page that hangs or is no longer shown. If nothing had focus, not even Bulkhead's own shortcuts
   * would work. If the shell has focus, it keeps it.
   */
  #moveFocus(): void {
    if (this.base.isDestroyed() || !this.base.isFocused()) return;
    const focused = focusedContents();
    if (focused === undefined) return;
    const active = this.#strip.active;
    const isShells = this.#awaitsPerson || (focused === null && active !== undefined && isNewTab(active));
    const wanted = isShells ? this.#shell.view?.webContents : this.#shown?.contents;
    const isPage = focused !== null && this.#strip.tabs.some(({ contents }) => contents === focused);
    if (wanted && !wanted.isDestroyed() && focused !== wanted && (focused === null || isPage)) wanted.focus();
  }

  #showTitle(): void {
    const title = boundedTitle(this.#strip.active?.title ?? '');
    if (!this.base.isDestroyed()) this.base.setTitle(title ? `${title} – Bulkhead` : 'Bulkhead');
  }

  #show(tab: Tab | undefined, bounds: Rectangle): void {
    const page = tab?.showsPage ? tab : undefined;
    page?.setBounds(bounds);
    if (page) this.#round(page, bounds);
    if (page === this.#shown) return;
    if (page) {
      this.base.contentView.addChildView(page.view, this.#overlay ? 0 : undefined);
      page.view.setVisible(true);
    }
    if (this.#shown) this.#hide(this.#shown);
    this.#shown = page;
  }

  /**
   * Sets the radius only when it changes: each call makes Electron repaint the whole window and keep its old pixels.
   */
  #round(page: Tab, { x }: Rectangle): void {
    const radius = x > 0 ? frameRadius : 0;
    if (page === this.#shown && radius === this.#radius) return;
    this.#radius = radius;
    page.view.setBorderRadius(radius);
  }

  #keepInside(tab: Tab): void {
    if (tab !== this.#shown && this.#strip.tabs.includes(tab)) this.#hide(tab);
  }

  /** Hides the page but keeps it in a window: Chromium ends the whole app if a page outside of any window prints. */
  #hide({ contents, view }: Tab): void {
    view.setVisible(false);
    if (this.base.isDestroyed() || contents.isDestroyed()) return;
    if (leavesKeyboardAlone(contents)) this.base.contentView.addChildView(view, 0);
    else {
      this.#openUnseen().contentView.addChildView(view);
      (contents as OwnedContents)._setOwnerWindow?.(null);
    }
  }

  #openUnseen(): BaseWindow {
    if (this.#unseen) return this.#unseen;
    this.#unseen = new BaseWindow({ show: false, focusable: false });
    // This window closes together with the first one. `app.quit` asks both to close, but the first may have to stay
    // open.
    this.#unseen.on('close', (event) => !this.base.isDestroyed() && event.preventDefault());
    return this.#unseen;
  }

  /** Returns the page's place inside the window. Until the shell names a place, uses the default one. */
  #clamp(width: number, height: number): Rectangle {
    const wanted = this.#content ?? { x: 0, y: defaultTop, width, height: height - defaultTop - defaultBottom };
    const x = Math.min(wanted.x, width);
    const y = Math.min(wanted.y, height);
    return { x, y, width: Math.min(wanted.width, width - x), height: Math.min(wanted.height, height - y) };
  }
}

/**
 * An internal method of Electron: sets the window on which it shows autofill suggestions. Electron crashes if that
 * window is hidden.
 */
interface OwnedContents extends WebContents {
  _setOwnerWindow?(window: null): void;
}

/** Corner radius of the border that the shell draws around a page if there is room, pixels. */
const frameRadius = 8;

/** Heights of the shell's bars until the shell tells its own, pixels. */
const defaultTop = 84;
const defaultBottom = 28;

/** True if the tab shows or loads the new-tab page. */
const isNewTab = ({ address }: Tab): boolean => address === 'bulkhead://newtab/';

/** False for contents that Electron created for a page: these take the keyboard (see `leavesKeyboard`). */
const leavesKeyboardAlone = (contents: WebContents): boolean => contents.getType() !== 'window';

/** Undefined if Electron cannot tell: it throws while its own contents, such as a PDF viewer, start or end. */
function focusedContents(): WebContents | null | undefined {
  try {
    return webContents.getFocusedWebContents();
  } catch {
    return undefined;
  }
}
