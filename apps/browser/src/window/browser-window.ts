import type { Rectangle } from '@bulkhead/contracts';
import { BaseWindow, nativeTheme, type View, type WebContents, webContents } from 'electron';
import { boundedTitle } from '../bounds/page-facts.ts';
import type { Shell } from '../shell/shell.ts';
import type { Tab } from '../tabs/tab.ts';
import type { TabStrip } from '../tabs/tab-strip.ts';
import { onceTold } from '../timing/once-told.ts';

export interface BrowserWindowOptions {
  title: string;
  /** Whether anybody is to see it. */
  show: boolean;
  icon?: string;
}

/**
 * One window: the shell's view fills it, the active tab's view lies on it where the shell says that the page goes.
 * While the shell has an overlay open it lies on top, see-through where the page is.
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
    // One that is shown at once is put in by that.
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
      // With the window everything in it goes, too.
      if (this.base.isDestroyed()) return;
      for (const window of [this.base, this.#unseen]) window?.contentView.removeChildView(tab.view);
    });
  }

  /** Puts the shell's view in, below the page. */
  attachShell(view: View): void {
    this.base.contentView.addChildView(view, 0);
    this.#layOut();
  }

  /** Where the page goes, as the shell laid it out. Ours to clamp: a shell gone wrong must not cover itself. */
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

  /** A person can see it. */
  get isSeen(): boolean {
    return !this.base.isDestroyed() && this.base.isVisible() && !this.base.isMinimized();
  }

  focus(): void {
    if (this.base.isMinimized()) this.base.restore();
    this.base.focus();
  }

  /** The interface has the keyboard, and nothing that it is needed for there. */
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

  /** What a person is to answer or to do stands in the interface: a dialog, or what is there instead of a page. */
  get #awaitsPerson(): boolean {
    const tab = this.#strip.active;
    if (!tab) return false;
    const { hang, dialog, asksToResend } = tab.health;
    return !tab.showsPage || hang !== null || dialog !== null || asksToResend;
  }

  /** After the interface has been told: what happens now may move the keyboard itself, and the display may answer late. */
  #moveFocusSoon(): void {
    if (this.#movesFocus) return;
    this.#movesFocus = true;
    onceTold(() => {
      this.#movesFocus = false;
      this.#moveFocus();
    });
  }

  /**
   * A page that hangs, or that is not shown any more, gets no keys: not even Bulkhead's own would be heard where nobody
   * has the keyboard. Who is in the interface already stays there.
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

  /** Sets the radius only when it changes: each call has the runtime paint the whole window, and keep its old pixels. */
  #round(page: Tab, { x }: Rectangle): void {
    const radius = x > 0 ? frameRadius : 0;
    if (page === this.#shown && radius === this.#radius) return;
    this.#radius = radius;
    page.view.setBorderRadius(radius);
  }

  #keepInside(tab: Tab): void {
    if (tab !== this.#shown && this.#strip.tabs.includes(tab)) this.#hide(tab);
  }

  /** Keeps the page in a window: Chromium ends the whole program if contents print that are in none. */
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
    // It goes with the window. A program that quits asks both to close, and the window may have to stay.
    this.#unseen.on('close', (event) => !this.base.isDestroyed() && event.preventDefault());
    return this.#unseen;
  }

  /** Before the shell has said where the page goes, its usual place: the first page need not wait for the shell. */
  #clamp(width: number, height: number): Rectangle {
    const wanted = this.#content ?? { x: 0, y: defaultTop, width, height: height - defaultTop - defaultBottom };
    const x = Math.min(wanted.x, width);
    const y = Math.min(wanted.y, height);
    return { x, y, width: Math.min(wanted.width, width - x), height: Math.min(wanted.height, height - y) };
  }
}

/** Internal to the runtime: sets the window on which it shows lists of suggestions. It crashes if that one is not shown. */
interface OwnedContents extends WebContents {
  _setOwnerWindow?(window: null): void;
}

/** Of the frame that the shell draws around a page where there is room for one, pixels. */
const frameRadius = 8;

/** Heights of the shell's bars, pixels, until the shell tells its own. */
const defaultTop = 84;
const defaultBottom = 28;

/** The user sees the new-tab page, or waits for it. */
const isNewTab = ({ address }: Tab): boolean => address === 'bulkhead://newtab/';

/** Contents that the runtime has made for a page do not (`leavesKeyboard`). */
const leavesKeyboardAlone = (contents: WebContents): boolean => contents.getType() !== 'window';

/** Undefined when the runtime cannot tell: it throws while contents of its own, such as a PDF's, begin or end. */
function focusedContents(): WebContents | null | undefined {
  try {
    return webContents.getFocusedWebContents();
  } catch {
    return undefined;
  }
}
