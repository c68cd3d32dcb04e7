import { EventEmitter } from 'node:events';
import type { HeartbeatOptions } from '@bulkhead/rpc';
import type { LoadURLOptions, Session, WebContentsView } from 'electron';
import { alone } from '../runtime/internal-protocol.ts';
import { isDriven } from '../runtime/playwright-attach.ts';
import type { SavedTab } from '../storage/session/saved-session.ts';
import { Recent } from '../timing/recent.ts';
import { guardNavigation, isInternal } from './navigation-policy.ts';
import { SleepingTab } from './sleeping-tab.ts';
import { type PendingForm, Tab, type TabOptions } from './tab.ts';
import { indexBehind, pinnedCount, pinnedFirst, shownAfter } from './tab-order.ts';

export interface TabStripOptions {
  session: Session;
  preload: string;
  heartbeat?: Partial<HeartbeatOptions>;
}

/** A tab in the strip: with a page, or not loaded since an earlier session. */
export type StripTab = Tab | SleepingTab;

interface OpenOptions {
  activate?: boolean;
  /** The tab that opens this one. The new tab goes behind it, and behind the tabs that it opened before. */
  behind?: Tab;
  ofDrill?: boolean;
  /** Empty contents for the tab. Without them the tab creates its own. */
  view?: WebContentsView;
  /** Referrer, body and other options of the first load. */
  how?: LoadURLOptions;
}

interface AdoptOptions {
  behind: Tab;
  activate: boolean;
  /** The form that the contents send. */
  form?: PendingForm | undefined;
}

interface TabStripEvents {
  /** This tab has changed. Without a tab: tabs were added, removed or moved, or another one is active. */
  changed: [Tab?];
  /** A tab has contents now: it is new, or it was woken. */
  added: [Tab];
  removed: [Tab];
  /** The user closes the tab at this index. */
  closing: [SavedTab, number];
  /** Another tab is active now. */
  activated: [Tab];
  /** The last tab was closed, by its own page or by the user. */
  emptied: [closedByPage: boolean];
}

/** The tabs of one window, in order, and the active one. */
export class TabStrip extends EventEmitter<TabStripEvents> {
  readonly #options: TabStripOptions;
  #all: StripTab[] = [];
  /** The tab that opened this one. */
  readonly #openedBy = new WeakMap<StripTab, Tab>();
  #active: Tab | undefined;
  /** Numbers of the tabs that only the user may show. */
  readonly #held = new Set<number>();
  #nextId = 1;
  /** The window closes. */
  #goes = false;
  /** Tabs that were put back after their pages closed them. */
  readonly #putBacks = new Recent(putBackWithinMs);

  constructor(options: TabStripOptions) {
    super();
    this.#options = options;
    // Every watcher of tabs listens here: about twenty for `added`. More is a leak.
    this.setMaxListeners(32);
  }

  /** The tabs that have contents, in order. */
  get tabs(): readonly Tab[] {
    return this.#all.filter((tab) => tab instanceof Tab);
  }

  /** The tabs to save for the next start, in order: not opened by the drill, and not about to close. */
  get kept(): readonly StripTab[] {
    return this.#all.filter((tab) => tab instanceof SleepingTab || !(tab.ofDrill || tab.closing));
  }

  /** All tabs that the user sees, in order. */
  get all(): readonly StripTab[] {
    return this.#all;
  }

  get active(): Tab | undefined {
    return this.#active;
  }

  /** Returns the tab with this number, if it has contents. */
  find(id: number): Tab | undefined {
    const tab = this.findAny(id);
    return tab instanceof Tab ? tab : undefined;
  }

  /** Returns the tab with this number, awake or not. */
  findAny(id: number): StripTab | undefined {
    return this.#all.find((tab) => tab.id === id);
  }

  /** Opens a tab at the end, or right `behind` another one. */
  open(address: string, { activate = true, behind, ofDrill = false, view, how }: OpenOptions = {}): Tab {
    const tab = this.#add({ index: this.#indexBehind(behind), ofDrill, ...(view && { view }) });
    if (behind) this.#openedBy.set(tab, behind);
    if (activate || !this.#active) this.activate(tab);
    // Playwright misses a view whose first page commits at once: with a second process it has time to attach.
    const isAlone = isInternal(address) && !view && !isDriven(process.argv);
    tab.load(address, how ?? (isAlone ? alone() : undefined));
    return tab;
  }

  /** Makes a tab of contents that a page has opened. They load by themselves. */
  adopt(view: WebContentsView, { behind, activate, form }: AdoptOptions): Tab {
    const tab = this.#add({ index: this.#indexBehind(behind), view, opened: true, form });
    this.#openedBy.set(tab, behind);
    if (activate || !this.#active) this.activate(tab);
    return tab;
  }

  /**
   * Inserts tabs of an earlier session at `index`. Each is loaded when it is first shown. `held`: they are shown only
   * by the user, never because the tab next to them was closed.
   */
  restore(saved: readonly SavedTab[], index: number, { held = false } = {}): SleepingTab[] {
    const tabs = saved.map((each) => new SleepingTab(this.#nextId++, each));
    if (held) for (const { id } of tabs) this.#held.add(id);
    this.#all = pinnedFirst(this.#all.toSpliced(index, 0, ...tabs));
    this.emit('changed');
    return tabs;
  }

  /** The window closes: no tab replaces a closed one any more. Resolves when the contents of all tabs are closed. */
  async leave(): Promise<void> {
    this.#goes = true;
    await Promise.all(this.tabs.map((tab) => tab.leave()));
  }

  releaseHeld(): void {
    this.#held.clear();
  }

  activate(shown: StripTab): void {
    if (this.#active === shown) return;
    const tab = shown instanceof Tab ? shown : this.wake(shown);
    this.#active = tab;
    this.emit('activated', tab);
    this.emit('changed');
  }

  close(tab: StripTab): void {
    if (tab instanceof Tab) {
      tab.close();
      return;
    }
    const index = this.#all.indexOf(tab);
    this.emit('closing', tab.saved(), index);
    this.#all.splice(index, 1);
    this.emit('changed');
  }

  /** Activates the tab `distance` places to the right of the active one, wrapping around. */
  step(distance: number): void {
    const index = this.#active ? this.#all.indexOf(this.#active) : -1;
    const tab = this.#all.at((index + distance + this.#all.length) % this.#all.length);
    if (tab) this.activate(tab);
  }

  /** Activates the tab at this index. 0 is the first, -1 the last. */
  select(index: number): void {
    const tab = this.#all.at(index);
    if (tab) this.activate(tab);
  }

  /** Pins or unpins a tab, and moves it to the end of the pinned tabs. */
  pin(tab: StripTab, pinned: boolean): void {
    if (tab.pinned === pinned) return;
    this.#all.splice(this.#all.indexOf(tab), 1);
    this.#all.splice(pinnedCount(this.#all), 0, tab instanceof Tab ? tab : tab.withPin(pinned));
    if (tab instanceof Tab) tab.setPinned(pinned);
    this.emit('changed');
  }

  /** Replaces a sleeping tab by one with contents, and loads its page. */
  wake(sleeping: SleepingTab): Tab {
    const index = this.#all.indexOf(sleeping);
    this.#all.splice(index, 1);
    this.#held.delete(sleeping.id);
    const tab = this.#add({ index, id: sleeping.id, restored: sleeping.saved() });
    tab.loadRestored();
    return tab;
  }

  #add({
    index,
    ...options
  }: { index: number } & Partial<Pick<TabOptions, 'id' | 'view' | 'opened' | 'form' | 'restored' | 'ofDrill'>>): Tab {
    const tab = new Tab({ id: options.id ?? this.#nextId++, ...this.#options, ...options });
    this.#all.splice(index, 0, tab);
    tab.on('changed', () => this.emit('changed', tab));
    tab.on('closing', () => {
      if (!tab.ofDrill) this.emit('closing', tab.saved(), this.#all.indexOf(tab));
      this.emit('changed');
    });
    tab.on('closed', () => this.#remove(tab));
    guardNavigation(tab);
    this.emit('added', tab);
    return tab;
  }

  #indexBehind(opener: Tab | undefined): number {
    return indexBehind<StripTab>(this.#all, opener, (tab) => this.#openedBy.get(tab));
  }

  #remove(tab: Tab): void {
    const index = this.#all.indexOf(tab);
    const again = tab.closedByPage && this.#putBack(tab.closedByPage, index);
    this.#all.splice(index, 1, ...(again ? [again] : []));
    this.emit('removed', tab);
    const wasActive = this.#active === tab;
    if (wasActive) this.#active = undefined;
    if (this.#goes) return;
    if (wasActive) {
      const next = shownAfter(this.#all, index, this.#held);
      if (next instanceof Tab) this.activate(next);
      // Deferred: tabs also close at shutdown, and creating contents at that moment crashes Electron.
      else if (next) setImmediate(() => this.#wakeNext(next));
      else if (this.#all.length > 0) setImmediate(() => this.#openInstead());
    }
    this.emit('changed');
    if (this.#all.length === 0) this.emit('emptied', !tab.closing);
  }

  /** Returns a tab to replace one that its page closed. Undefined when that happened too often. */
  #putBack(saved: SavedTab, index: number): SleepingTab | undefined {
    if (this.#putBacks.add() <= mostPutBack) return new SleepingTab(this.#nextId++, saved);
    // Lets the user reopen the tab.
    this.emit('closing', saved, index);
    return undefined;
  }

  /** Opens a new tab when all others are held. */
  #openInstead(): void {
    if (!this.#active && this.#all.length > 0) this.open('bulkhead://newtab/');
  }

  #wakeNext(next: SleepingTab): void {
    if (!this.#active && this.#all.includes(next)) this.activate(next);
  }
}

/** Limit for putting back tabs that their pages close. */
const mostPutBack = 3;
const putBackWithinMs = 10_000;
