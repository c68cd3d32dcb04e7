import { EventEmitter } from 'node:events';
import type { HeartbeatOptions } from '@bulkhead/rpc';
import type { LoadURLOptions, Session, WebContentsView } from 'electron';
import { isDriven } from '../app/playwright-attach.ts';
import { alone } from '../internal-pages/internal-pages.ts';
import type { SavedTab } from '../storage/session/saved-session.ts';
import { guardNavigation, isInternal } from './navigation-policy.ts';
import { SleepingTab } from './sleeping-tab.ts';
import { type PendingForm, Tab, type TabOptions } from './tab.ts';

export interface TabStripOptions {
  session: Session;
  preload: string;
  heartbeat?: Partial<HeartbeatOptions>;
}

/** A tab as it stands in the strip: with a page, or not loaded since an earlier session. */
export type StripTab = Tab | SleepingTab;

interface OpenOptions {
  activate?: boolean;
  /** The tab that opens this one: it stands behind that tab, and behind what that tab has opened before. */
  behind?: Tab;
  ofDrill?: boolean;
  /** Empty contents for it; without them it makes its own. */
  view?: WebContentsView;
  /** Referrer, body and the like of the first load. */
  how?: LoadURLOptions;
}

interface AdoptOptions {
  behind: Tab;
  activate: boolean;
  /** The form that they send. */
  form?: PendingForm | undefined;
}

interface TabStripEvents {
  /** This tab has changed. Without one: tabs have come, gone or moved, or another one is active. */
  changed: [Tab?];
  /** A tab has contents now: it is new, or it has been woken. */
  added: [Tab];
  removed: [Tab];
  /** A person closes a tab, the one at this place. */
  closing: [SavedTab, number];
  /** Another tab is the active one now. */
  activated: [Tab];
  /** The last tab has been closed: by its own page, or by the user. */
  emptied: [closedByPage: boolean];
}

/** The tabs of one window, in order, and which of them is active. */
export class TabStrip extends EventEmitter<TabStripEvents> {
  readonly #options: TabStripOptions;
  #all: StripTab[] = [];
  /** Which tab has opened this one. */
  readonly #openedBy = new WeakMap<StripTab, Tab>();
  #active: Tab | undefined;
  /** Tabs that only the user may show, by number. */
  readonly #held = new Set<number>();
  #nextId = 1;
  /** The window closes. */
  #goes = false;
  /** When tabs were put back that their pages had closed, performance.now(). */
  #putBackAt: number[] = [];

  constructor(options: TabStripOptions) {
    super();
    this.#options = options;
    // Everything that watches tabs listens here: some twenty to `added`. More is a leak.
    this.setMaxListeners(32);
  }

  /** Those that have contents, in order. */
  get tabs(): readonly Tab[] {
    return this.#all.filter((tab) => tab instanceof Tab);
  }

  /** Those that are a person's, awake or not, in order, and not about to close: they are kept for the next start. */
  get kept(): readonly StripTab[] {
    return this.#all.filter((tab) => tab instanceof SleepingTab || !(tab.ofDrill || tab.closing));
  }

  /** Every one that a person sees, in order. */
  get all(): readonly StripTab[] {
    return this.#all;
  }

  get active(): Tab | undefined {
    return this.#active;
  }

  /** The tab with this number, if it has contents. */
  find(id: number): Tab | undefined {
    const tab = this.findAny(id);
    return tab instanceof Tab ? tab : undefined;
  }

  /** The same, awake or not. */
  findAny(id: number): StripTab | undefined {
    return this.#all.find((tab) => tab.id === id);
  }

  /** Opens a tab at the end, or right `behind` another one. */
  open(address: string, { activate = true, behind, ofDrill = false, view, how }: OpenOptions = {}): Tab {
    const tab = this.#add({ index: this.#behind(behind), ofDrill, ...(view && { view }) });
    if (behind) this.#openedBy.set(tab, behind);
    if (activate || !this.#active) this.activate(tab);
    // Playwright loses a view whose first page comes at once: with a second process it has time to attach.
    const isAlone = isInternal(address) && !view && !isDriven(process.argv);
    tab.load(address, how ?? (isAlone ? alone() : undefined));
    return tab;
  }

  /** Makes a tab of contents that a page has opened, and that load by themselves. */
  adopt(view: WebContentsView, { behind, activate, form }: AdoptOptions): Tab {
    const tab = this.#add({ index: this.#behind(behind), view, opened: true, form });
    this.#openedBy.set(tab, behind);
    if (activate || !this.#active) this.activate(tab);
    return tab;
  }

  /**
   * Puts tabs of an earlier session in, from the `index`-th on. Each is loaded when it is first shown. `held`: only the
   * user shows them; they are not shown because the tab next to them has been closed.
   */
  restore(saved: readonly SavedTab[], index: number, { held = false } = {}): SleepingTab[] {
    const tabs = saved.map((each) => new SleepingTab(this.#nextId++, each));
    if (held) for (const { id } of tabs) this.#held.add(id);
    this.#all.splice(index, 0, ...tabs);
    // Those that were pinned stand first, whatever has been pinned since: the order is else as it was.
    this.#all.sort((one, other) => Number(other.pinned) - Number(one.pinned));
    this.emit('changed');
    return tabs;
  }

  /** The window closes: no tab takes the place of another any more. Resolves when their contents have been taken down. */
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

  /** The tab `distance` places to the right of the active one, around the end. */
  step(distance: number): void {
    const index = this.#active ? this.#all.indexOf(this.#active) : -1;
    const tab = this.#all.at((index + distance + this.#all.length) % this.#all.length);
    if (tab) this.activate(tab);
  }

  /** Index from 0; -1 is the last. */
  select(index: number): void {
    const tab = this.#all.at(index);
    if (tab) this.activate(tab);
  }

  /** Pinned tabs stand first: the tab goes to where the two kinds meet. */
  pin(tab: StripTab, pinned: boolean): void {
    if (tab.pinned === pinned) return;
    this.#all.splice(this.#all.indexOf(tab), 1);
    this.#all.splice(this.#pinned(), 0, tab instanceof Tab ? tab : tab.withPin(pinned));
    if (tab instanceof Tab) tab.setPinned(pinned);
    this.emit('changed');
  }

  /** How many tabs are pinned. */
  #pinned(): number {
    return this.#all.filter(({ pinned }) => pinned).length;
  }

  /** Gives the tab contents, in its place, and has its page loaded. */
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

  /** Behind a tab and what it has opened, but not among pinned ones; without one, at the end. */
  #behind(tab: Tab | undefined): number {
    if (!tab) return this.#all.length;
    let index = this.#all.indexOf(tab) + 1;
    for (let next = this.#all[index]; next && this.#openedBy.get(next) === tab; next = this.#all[index]) index++;
    return Math.max(index, this.#pinned());
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
      const near = [...this.#all.slice(index), ...this.#all.slice(0, index).reverse()];
      const next = near.find(({ id }) => !this.#held.has(id));
      if (next instanceof Tab) this.activate(next);
      // Later, if there is a later: tabs close where the program ends, and contents that are made meanwhile crash it.
      else if (next) setImmediate(() => this.#wakeNext(next));
      else if (near.length > 0) setImmediate(() => this.#openInstead());
    }
    this.emit('changed');
    if (this.#all.length === 0) this.emit('emptied', !tab.closing);
  }

  /** The tab that takes the place of one that its page has closed. A page that does so again and again gets its way. */
  #putBack(saved: SavedTab, index: number): SleepingTab | undefined {
    const now = performance.now();
    this.#putBackAt = [...this.#putBackAt.filter((at) => now - at < putBackWithinMs), now];
    if (this.#putBackAt.length <= mostPutBack) return new SleepingTab(this.#nextId++, saved);
    // The user can reopen it.
    this.emit('closing', saved, index);
    return undefined;
  }

  /** There are only tabs that are held. */
  #openInstead(): void {
    if (!this.#active && this.#all.length > 0) this.open('bulkhead://newtab/');
  }

  #wakeNext(next: SleepingTab): void {
    if (!this.#active && this.#all.includes(next)) this.activate(next);
  }
}

/** A page that closes itself whenever it loads is loaded no more often than this. */
const mostPutBack = 3;
const putBackWithinMs = 10_000;
