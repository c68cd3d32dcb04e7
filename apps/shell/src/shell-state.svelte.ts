import type {
  BreakResult,
  DownloadList,
  FaultOffer,
  Rectangle,
  TabFrameStatistics,
  TabState,
  WindowChange,
  WindowState,
} from '@bulkhead/contracts';
import { whenPainted } from '@bulkhead/ui';
import { untrack } from 'svelte';
import { AddressBar } from './address-bar.svelte.ts';
import { readKeptState, writeKeptState } from './kept-state.ts';
import { type Message, messagesOf } from './messages.ts';
import { OpenTabs } from './open-tabs.svelte.ts';
import { Overlays } from './overlays.svelte.ts';
import { type PluginNotice, pluginNoticesOf } from './plugin-notices.ts';
import type { ShellHost } from './shell-host.ts';

/** Figures that change faster than this are unreadable. */
const statisticsIntervalMs = 100;
/** Frames are counted over a second: after so long without any there were none. */
const framesForgottenMs = 1200;

/** What the shell draws, and the browser that it asks. State arrives as differences and is never changed here. */
export class ShellState {
  window: WindowState | null = $state.raw(null);
  readonly tabs = new OpenTabs();
  frames: TabFrameStatistics | null = $state.raw(null);
  /** The newest that was seen to happen to a plugin, until it is dismissed. */
  pluginNotice: PluginNotice | null = $state.raw(null);
  /** How often a fault that a person chose could not be caused; null when the last one could, or that was dismissed. */
  refusedFault: number | null = $state(null);
  /** Every fault of the catalogue, once somebody wants to choose one. */
  faults: readonly FaultOffer[] = $state.raw([]);
  downloads: DownloadList = $state.raw({ downloads: [], questions: [] });
  /** What of the shell's lies over the page. */
  readonly overlays = new Overlays((raise) => this.#raise(raise));
  readonly addressBar = new AddressBar(this);
  readonly activeTab = $derived(this.tabs.get(this.window?.activeTab ?? 0) ?? null);
  /** What is known of the frames of the tab that is shown. */
  readonly activeFrames = $derived(this.frames?.tab === this.window?.activeTab ? this.frames : null);

  /** What plugins read in frames is shown somewhere. */
  readonly showsFigures = $derived(this.window?.showsPluginFigures === true || this.overlays.isOpen('card'));

  readonly messages: readonly Message[] = $derived.by(() => this.#messages());
  /** Nothing is kept before what the document before had kept has been read. */
  #keeps = $state(false);
  /** Null until the browser's port has arrived. */
  #host: ShellHost | null = null;
  /** The tab that was shown when the user last pressed something in this document; undefined when that was elsewhere. */
  #userIsHereFor: number | null | undefined;
  #bounds: Rectangle | null = null;
  /** The tab whose menu of faults opens as soon as the tab is shown. */
  #toBreak: number | null = null;
  #nextFrames: TabFrameStatistics | null = null;
  #stillness: ReturnType<typeof setTimeout> | undefined;
  /** Since when each tab hangs that the browser was told of. */
  readonly #hangs = new Map<number, number>();

  connect(host: ShellHost): void {
    this.#host = host;
    // The document before this one may have ended with something open over the page.
    this.ask(({ call }) => call.setOverlay(this.overlays.any));
    const bounds = this.#bounds;
    if (bounds) this.ask(({ call }) => call.setContentBounds(bounds));
    this.ask(({ call }) => this.#takeOver(call));
  }

  /** Takes up what the document before, which may have crashed, had kept; and keeps its own from then on. */
  async #takeOver(call: ShellHost['call']): Promise<void> {
    const text = await call.keptState();
    const kept = text === null ? null : readKeptState(text);
    const { drafts } = this.addressBar;
    for (const [tab, draft] of kept?.drafts ?? []) if (!drafts.has(tab)) drafts.set(tab, draft);
    if (kept?.open) this.overlays.openAgain(kept.open);
    this.#keeps = true;
  }

  /** Has the browser keep what a new document would otherwise forget. Runs again whenever that changes. */
  keep(): void {
    const text = writeKeptState({ drafts: [...this.addressBar.drafts], open: this.overlays.popover });
    if (this.#keeps) this.tell((push) => push.keepState(text));
  }

  /** Says what came of a fault that a person chose, where nothing of it is to be seen. */
  tellOfFault(result: BreakResult): void {
    this.refusedFault = result.ok ? null : (this.refusedFault ?? 0) + 1;
  }

  loadFaults(): void {
    this.ask(async ({ call }) => {
      this.faults = await call.faults();
    });
  }

  /** Asks the browser. What it could not do is seen in the state that follows, and told to the console. */
  ask(question: (host: ShellHost) => Promise<unknown>): void {
    if (this.#host) question(this.#host).catch((error: unknown) => console.error(error));
  }

  /** Tells the browser what cannot fail. */
  tell(statement: (push: ShellHost['push']) => void): void {
    if (this.#host) statement(this.#host.push);
  }

  showWindow(change: WindowChange): void {
    const { window } = change;
    const notice = window && this.window && pluginNoticesOf(this.window.plugins, window.plugins).at(-1);
    if (notice) this.pluginNotice = notice;
    const told = this.tabs.take(change);
    if (window) this.window = window;
    for (const tab of told) this.#tellOfHang(tab);
    if (window) this.addressBar.takeRequests(window.addressRequests);
    if (!change.order) return;
    const open = new Set(change.order.tabs);
    for (const perTab of [this.addressBar.drafts, this.addressBar.refusals, this.#hangs])
      for (const tab of perTab.keys()) if (!open.has(tab)) perTab.delete(tab);
  }

  /** The strip marks a hang as soon as it is known; the browser measures how soon that is seen. */
  #tellOfHang({ id, pid, hang }: TabState): void {
    if (!hang) this.#hangs.delete(id);
    else if (this.#hangs.get(id) !== hang.since) {
      this.#hangs.set(id, hang.since);
      whenPainted(() => this.tell((push) => push.hangPainted({ tab: id, pid })));
    }
  }

  showDownloads(list: DownloadList): void {
    this.downloads = list;
  }

  /** Follows what plugins read in frames while that is shown: the browser takes frames only then. Returns what stops it. */
  followFigures(): (() => void) | undefined {
    const host = this.#host;
    if (!this.showsFigures || !host) return undefined;
    const controller = new AbortController();
    const { signal } = controller;
    const follow = async () => {
      for await (const statistics of host.stream.frameStatistics({ signal })) this.#showStatistics(statistics);
    };
    follow().catch((error: unknown) => signal.aborted || console.error(error));
    return () => {
      controller.abort();
      clearTimeout(this.#stillness);
      this.#nextFrames = null;
      this.frames = null;
    };
  }

  #showStatistics(statistics: TabFrameStatistics): void {
    if (!this.#nextFrames) setTimeout(() => this.#showNextFrames(), statisticsIntervalMs);
    this.#nextFrames = statistics;
  }

  #showNextFrames(): void {
    if (!this.#nextFrames) return; // nobody follows them any more
    this.frames = this.#nextFrames;
    this.#nextFrames = null;
    clearTimeout(this.#stillness);
    this.#stillness = setTimeout(() => {
      // The last word of a page that has stopped painting is not zero: nothing is said of frames that do not come.
      this.frames = this.frames && { ...this.frames, framesPerSecond: 0 };
    }, framesForgottenMs);
  }

  /**
   * The user is typing into a field of the shell. A field keeps the focus of this document while the page has the
   * keyboard, and the browser gives the keyboard back for a dialog: only input since then says that the user is here.
   * What was typed for another tab waits there: a dialog of the one that is shown now may be drawn before
   * `shownTabChanged`.
   */
  get userIsTyping(): boolean {
    const isHere = this.#userIsHereFor === untrack(() => this.window?.activeTab ?? null);
    return isHere && document.activeElement instanceof HTMLInputElement;
  }

  /** Follows whether the user works in this document or elsewhere. Returns what stops it. */
  followUser(): () => void {
    const here = () => {
      this.#userIsHereFor = this.window?.activeTab ?? null;
    };
    const away = () => {
      this.#userIsHereFor = undefined;
    };
    window.addEventListener('keydown', here, true);
    window.addEventListener('pointerdown', here, true);
    window.addEventListener('blur', away);
    return () => {
      window.removeEventListener('keydown', here, true);
      window.removeEventListener('pointerdown', here, true);
      window.removeEventListener('blur', away);
    };
  }

  /** What had the focus has gone from this document: the page may have it, if nothing else here has. */
  leaveFocus(): void {
    if (document.activeElement === document.body) this.ask(({ call }) => call.focusPage());
  }

  setBounds(bounds: Rectangle): void {
    this.#bounds = bounds;
    this.ask(({ call }) => call.setContentBounds(bounds));
  }

  #messages(): Message[] {
    if (!this.window) return [];
    return messagesOf({
      window: this.window,
      pluginNotice: this.pluginNotice,
      dismissPluginNotice: () => {
        this.pluginNotice = null;
      },
      refusedFault: this.refusedFault,
      dismissRefusedFault: () => {
        this.refusedFault = null;
      },
      ask: (question) => this.ask(question),
    });
  }

  /** Raises the shell over the page, or lets the page back on top. */
  #raise(raise: boolean): Promise<unknown> {
    return this.#host?.call.setOverlay(raise) ?? Promise.resolve();
  }

  /** Shows the tab, and the menu of faults over it. */
  breakTab(tab: number): void {
    if (this.window?.activeTab === tab) this.overlays.openAgain('break');
    else {
      this.#toBreak = tab;
      this.ask(({ call }) => call.activateTab(tab));
    }
  }

  /** Another tab is shown now. What lay over the page spoke of the one before. */
  shownTabChanged(tab: number | null): void {
    // What the user typed before waits there: a question of this one may have the keyboard.
    this.#userIsHereFor = undefined;
    this.overlays.closePopovers();
    if (this.#toBreak === tab) this.overlays.openAgain('break');
    this.#toBreak = null;
  }

  /** Shows the internal page of an address: in the tab that has it already, or in a new one. */
  openInternal(address: string): void {
    const open = [...this.tabs.all].find((tab) => tab.address === address || tab.address === `${address}/`);
    this.ask(({ call }) => (open ? call.activateTab(open.id) : call.newTab(address)));
  }
}
