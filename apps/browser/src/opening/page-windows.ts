import { type HandlerDetails, type Session, type WebContents, WebContentsView, type WebPreferences } from 'electron';
import { isInternal, mayNavigate } from '../tabs/navigation-policy.ts';
import { leavesKeyboard, type Tab, tabPreferences } from '../tabs/tab.ts';
import type { TabStrip } from '../tabs/tab-strip.ts';
import { type Asked, BlockedPopups } from './blocked-popups.ts';
import { FrameGestures } from './frame-gestures.ts';
import { loadOptions } from './load-options.ts';
import { OpenedTabs } from './opened-tabs.ts';
import type { PopupSites } from './popup-sites.ts';
import { externalScheme, sayRefusedLink } from './refused-links.ts';
import { TabTies } from './tab-ties.ts';

export interface PageWindowsOptions {
  session: Session;
  /** Absolute path of the tabs' preload. */
  preload: string;
  sites: PopupSites;
}

/** Electron's arguments for a new window. Its types leave out `webContents`. */
interface Offered {
  /** The contents that Electron has created. Undefined for a link or a form with Ctrl, Shift or middle click. */
  webContents?: WebContents | undefined;
  webPreferences?: WebPreferences;
}

/**
 * Whether a window may open. `ask`: Electron can report a gesture only after it has created the window. `too-many`: the
 * page has too many opened tabs.
 */
type Permission = 'given' | 'ask' | 'none' | 'too-many';

interface Opener {
  tab: Tab;
  blocked: BlockedPopups;
  frames: FrameGestures;
}

/**
 * Windows that pages open, in any way. Each becomes a tab next to its opener's. A page needs a user gesture for each
 * one, or the user's permission for its site. The others are blocked, and the shell says so.
 */
export class PageWindows {
  readonly #strip: TabStrip;
  readonly #options: PageWindowsOptions;
  readonly #ties: TabTies;
  readonly #opened = new OpenedTabs<Tab>();
  readonly #openers = new WeakMap<Tab, Opener>();

  constructor(strip: TabStrip, options: PageWindowsOptions) {
    this.#strip = strip;
    this.#options = options;
    this.#ties = new TabTies(strip);
    strip.on('added', (tab) => this.#watch(tab));
  }

  /** Opens a blocked window, the one at this index of the tab's list. */
  openBlocked(tab: Tab, index: number): void {
    const asked = this.#openers.get(tab)?.blocked.take(index);
    if (asked) this.#openApart(tab, asked, true);
  }

  /** The user lets this tab's site open windows by itself. If exactly one was blocked, it is opened now. */
  allow(tab: Tab): void {
    void this.#options.sites.allow(tab.committedAddress);
    const blocked = this.#openers.get(tab)?.blocked;
    const asked = blocked?.takeOnly();
    blocked?.dismiss();
    if (asked) this.#openApart(tab, asked, true);
  }

  dismissBlocked(tab: Tab): void {
    this.#openers.get(tab)?.blocked.dismiss();
  }

  #watch(tab: Tab): void {
    const { contents } = tab;
    const opener = { tab, blocked: new BlockedPopups(tab), frames: new FrameGestures(contents) };
    this.#openers.set(tab, opener);
    contents.setWindowOpenHandler((details) => {
      try {
        return this.#answer(opener, details);
      } catch (error) {
        tab.log.error('it could not open a window:', error);
        return { action: 'deny' };
      }
    });
    // For navigations in any frame of the page.
    const sayRefused = ({ url }: { url: string }) => void sayRefusedLink(tab, url, () => opener.frames.claimed());
    contents.on('will-frame-navigate', sayRefused);
    contents.on('will-redirect', sayRefused);
    // When two processes of one tab open windows at the same time, Electron forgets which window belongs to whom, and
    // creates a native window. Destroy that, and block the pop-up.
    contents.on('did-create-window', (window, { url, referrer }) => {
      window.destroy();
      opener.blocked.add({ url, referrer });
    });
  }

  #answer(opener: Opener, details: HandlerDetails): Electron.WindowOpenHandlerResponse {
    const { tab, blocked } = opener;
    // `window.open()` has no address.
    const asked = { ...details, url: details.url || 'about:blank' };
    if (!this.#strip.tabs.includes(tab)) return { action: 'deny' };
    if (!mayNavigate(tab.committedAddress, asked.url)) return this.#refuseOther(opener, asked);
    // As in Chrome, a page that is being closed opens no window.
    if (tab.closing || tab.connection?.isAskedToClose) return { action: 'deny' };
    const permission = this.#permission(opener);
    if (permission === 'none' || permission === 'too-many') {
      blocked.add(asked, { tooMany: permission === 'too-many' });
      return { action: 'deny' };
    }
    const { session, preload } = this.#options;
    return {
      action: 'allow',
      outlivesOpener: true,
      overrideBrowserWindowOptions: { webPreferences: { ...tabPreferences, session, preload } },
      createWindow: (offered: Offered) => this.#create(opener, asked, offered, permission),
    };
  }

  /**
   * Handles the address of another application. No window opens, but one may be created to find out whether the user
   * must be told.
   */
  #refuseOther({ tab, frames }: Opener, { url, disposition }: HandlerDetails): Electron.WindowOpenHandlerResponse {
    const asks = !tab.gestures.active && this.#strip.active === tab && externalScheme(url) !== undefined;
    if (!asks || !frames.mayAsk()) {
      void sayRefusedLink(tab, url, () => false);
      return { action: 'deny' };
    }
    const createWindow = ({ webContents: made }: Offered) => {
      void sayRefusedLink(tab, url, () => frames.confirms(made, disposition));
      return refuse(made, tab);
    };
    return { action: 'allow', outlivesOpener: true, createWindow };
  }

  #permission({ tab, frames }: Opener): Permission {
    const gesture = tab.gestures.consume();
    const address = tab.committedAddress;
    if (isInternal(address)) return 'given';
    if (this.#opened.isFull(tab)) return 'too-many';
    if (gesture || this.#options.sites.allows(address)) return 'given';
    return this.#strip.active === tab && frames.mayAsk() ? 'ask' : 'none';
  }

  /**
   * Must not throw, because Electron would end the browser. If Electron has created contents, they must be returned.
   */
  #create(opener: Opener, asked: HandlerDetails, offered: Offered, permission: Permission): WebContents {
    const { tab, frames, blocked } = opener;
    const made = offered.webContents;
    try {
      if (!this.#strip.tabs.includes(tab)) return refuse(made, tab);
      if (permission === 'ask' && !frames.confirms(made, asked.disposition)) {
        blocked.add(asked);
        return refuse(made, tab);
      }
      const front = asked.disposition !== 'background-tab';
      if (made) this.#adopt(tab, new WebContentsView({ ...offered, webContents: made }), asked, front);
      else if (isDownload(asked)) tab.contents.downloadURL(asked.url);
      else this.#openApart(tab, asked, front, offered.webPreferences);
      return made ?? tab.contents;
    } catch (error) {
      tab.log.error('it could not open a window:', error);
      return refuse(made, tab);
    }
  }

  /** Makes a tab of contents that Electron has created. They may keep their opener, and then share its process. */
  #adopt(opener: Tab, view: WebContentsView, asked: Asked, front: boolean): void {
    const form = asked.postBody && { address: asked.url, how: loadOptions(asked) };
    const tab = this.#strip.adopt(view, { behind: opener, activate: front, form });
    this.#opened.add(opener, tab);
    if (tab.contents.opener) this.#ties.tie(tab, opener);
    this.#ties.remember(tab, asked);
  }

  /** Opens a tab that is not tied to its opener, and gets a process of its own. */
  #openApart(opener: Tab, asked: Asked, front: boolean, webPreferences: WebPreferences = {}): void {
    // Chromium lets no page open such an address in the main frame, because its content could imitate the page's site.
    if (asked.url.startsWith('data:')) return;
    const { session, preload } = this.#options;
    const view = new WebContentsView({
      webPreferences: { ...webPreferences, ...tabPreferences, ...leavesKeyboard, session, preload },
    });
    const how = loadOptions(asked);
    const tab = this.#strip.open(asked.url, { behind: opener, activate: front, view, how });
    this.#opened.add(opener, tab);
    this.#ties.remember(tab, asked);
  }
}

/** A disposition that Electron's types do not contain. */
const isDownload = ({ disposition }: { disposition: string }): boolean => disposition === 'save-to-disk';

/** Closes the contents that Electron has created, when Electron has finished with them. */
function refuse(made: WebContents | undefined, opener: Tab): WebContents {
  if (!made) return opener.contents;
  setImmediate(() => {
    if (!made.isDestroyed()) made.close();
  });
  return made;
}
