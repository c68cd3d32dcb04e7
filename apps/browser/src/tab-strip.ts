import { EventEmitter } from 'node:events';
import type { TabState } from '@bulkhead/contracts';
import type { HeartbeatOptions } from '@bulkhead/rpc';
import { type Session, type WebContents, WebContentsView, type WebContentsViewConstructorOptions } from 'electron';
import { mayNavigate } from './navigation-policy.ts';
import type { SavedTab } from './session-store/saved-session.ts';
import { Tab, type TabOptions, tabPreferences } from './tab.ts';

export interface TabStripOptions {
  session: Session;
  preload: string;
  heartbeat?: Partial<HeartbeatOptions>;
}

interface TabStripEvents {
  changed: [];
  added: [Tab];
  removed: [Tab];
  /** Another tab is the active one now. */
  activated: [Tab];
  /** The last tab has been closed. */
  emptied: [];
}

/** The tabs of one window, in order, and which of them is active. */
export class TabStrip extends EventEmitter<TabStripEvents> {
  readonly #options: TabStripOptions;
  #tabs: Tab[] = [];
  /** Tabs whose opener may script them, by the tab: the only ones that may share a process. */
  readonly #openers = new WeakMap<Tab, Tab>();
  #active: Tab | undefined;
  #nextId = 1;

  constructor(options: TabStripOptions) {
    super();
    this.#options = options;
  }

  get tabs(): readonly Tab[] {
    return this.#tabs;
  }

  get active(): Tab | undefined {
    return this.#active;
  }

  find(id: number): Tab | undefined {
    return this.#tabs.find((tab) => tab.id === id);
  }

  /** Opens a tab at the end, or right `behind` another one. */
  open(address: string, { activate = true, behind }: { activate?: boolean; behind?: Tab } = {}): Tab {
    const tab = this.#add({ index: this.#behind(behind) });
    if (activate || !this.#active) this.activate(tab);
    tab.load(address);
    return tab;
  }

  /** Puts a tab of an earlier session in, as the `index`-th. Its page is loaded when it is first shown. */
  restore(saved: SavedTab, index: number): Tab {
    const tab = this.#add({ index, restored: saved });
    this.emit('changed');
    return tab;
  }

  activate(tab: Tab): void {
    if (this.#active === tab) return;
    this.#active = tab;
    tab.wake();
    this.emit('activated', tab);
    this.emit('changed');
  }

  /** The tab `distance` places to the right of the active one, around the end. */
  step(distance: number): void {
    const index = this.#active ? this.#tabs.indexOf(this.#active) : -1;
    const tab = this.#tabs.at((index + distance + this.#tabs.length) % this.#tabs.length);
    if (tab) this.activate(tab);
  }

  /** Index from 0; -1 is the last. */
  select(index: number): void {
    const tab = this.#tabs.at(index);
    if (tab) this.activate(tab);
  }

  /** Pinned tabs stand first: the tab goes to where the two kinds meet. */
  pin(tab: Tab, pinned: boolean): void {
    if (tab.pinned === pinned) return;
    this.#tabs.splice(this.#tabs.indexOf(tab), 1);
    this.#tabs.splice(this.#pinned(), 0, tab);
    tab.setPinned(pinned);
  }

  /** How many tabs are pinned. */
  #pinned(): number {
    return this.#tabs.filter(({ pinned }) => pinned).length;
  }

  states(): TabState[] {
    return this.#tabs.map((tab) => tab.state(this.#sharers(tab)));
  }

  /** Those that are in the same process, or ended with it. */
  #sharers(tab: Tab): number[] {
    const pidOf = ({ pid, ended }: Tab) => pid ?? ended?.pid ?? null;
    const pid = pidOf(tab);
    if (pid === null) return [];
    return this.#tabs.filter((other) => other !== tab && pidOf(other) === pid).map((other) => other.id);
  }

  #add({ index, ...options }: { index: number } & Pick<TabOptions, 'view' | 'restored'>): Tab {
    const tab = new Tab({ id: this.#nextId++, ...this.#options, ...options });
    this.#tabs.splice(index, 0, tab);
    tab.on('changed', () => this.emit('changed'));
    tab.on('committed', () => this.#keepApart(tab));
    tab.on('closed', () => this.#remove(tab));
    this.#police(tab);
    this.emit('added', tab);
    return tab;
  }

  /** Right behind a tab, but not among pinned ones; without one, at the end. */
  #behind(tab: Tab | undefined): number {
    return tab ? Math.max(this.#tabs.indexOf(tab) + 1, this.#pinned()) : this.#tabs.length;
  }

  #remove(tab: Tab): void {
    const index = this.#tabs.indexOf(tab);
    this.#tabs.splice(index, 1);
    this.emit('removed', tab);
    if (this.#active === tab) {
      this.#active = undefined;
      const next = this.#tabs[index] ?? this.#tabs[index - 1];
      if (next) this.activate(next);
    }
    this.emit('changed');
    if (this.#tabs.length === 0) this.emit('emptied');
  }

  /** What a page may do to its own tab and to the window. */
  #police(tab: Tab): void {
    const { contents } = tab;
    const guard = (event: { preventDefault(): void; url: string }) => {
      if (!mayNavigate(contents.getURL(), event.url)) event.preventDefault();
    };
    contents.on('will-navigate', guard);
    contents.on('will-redirect', guard);
    contents.setWindowOpenHandler(({ url, features, disposition }) => {
      if (!mayNavigate(contents.getURL(), url)) return { action: 'deny' };
      const activate = disposition !== 'background-tab';
      if (/\b(noopener|noreferrer)\b/.test(features) || disposition === 'background-tab') {
        // Nothing ties it to its opener: it gets a process of its own.
        setImmediate(() => this.open(url, { activate, behind: tab }));
        return { action: 'deny' };
      }
      return {
        action: 'allow',
        outlivesOpener: true,
        overrideBrowserWindowOptions: {
          webPreferences: { ...tabPreferences, session: this.#options.session, preload: this.#options.preload },
        },
        createWindow: (options) => this.#adopt(tab, options),
      };
    });
  }

  /** Makes a tab of the contents that the runtime created for `window.open`: it keeps its opener, and its process. */
  #adopt(opener: Tab, options: WebContentsViewConstructorOptions): WebContents {
    const tab = this.#add({ index: this.#behind(opener), view: new WebContentsView(options) });
    this.#openers.set(tab, opener);
    this.activate(tab);
    return tab.contents;
  }

  /**
   * Views made at the same instant have been seen to share a process. Two tabs that have no tie between them never
   * may: the later one starts over in contents of its own.
   */
  #keepApart(tab: Tab): void {
    const root = this.#root(tab);
    const stranger = this.#tabs.some((other) => other !== tab && other.pid === tab.pid && this.#root(other) !== root);
    if (!stranger) return;
    setImmediate(() => {
      if (!this.#tabs.includes(tab)) return;
      this.open(tab.address, { activate: this.#active === tab, behind: tab });
      tab.contents.close();
    });
  }

  /** The tab that opened the tab that opened … this one. */
  #root(tab: Tab): Tab {
    const opener = this.#openers.get(tab);
    return opener ? this.#root(opener) : tab;
  }
}
