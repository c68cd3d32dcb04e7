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
import type { ShellHost } from './shell-host.ts';

/** Least time between two updates of the figures, which would be unreadable if they changed faster. */
const statisticsIntervalMs = 100;
/** Time without a frame after which the rate is 0. Frames are counted over one second. */
const framesForgottenMs = 1200;

/**
 * State that the shell draws, and its connection to the browser. State arrives as differences; the shell never changes
 * it.
 */
export class ShellState {
  window: WindowState | null = $state.raw(null);
  readonly tabs = new OpenTabs();
  frames: TabFrameStatistics | null = $state.raw(null);
  /** Number of the user's faults in a row that could not be caused; null if the last one could, or after dismissal. */
  refusedFault: number | null = $state(null);
  /** The fault catalogue, loaded when the user first opens the menu. */
  faults: readonly FaultOffer[] = $state.raw([]);
  downloads: DownloadList = $state.raw({ downloads: [], questions: [] });
  /** The shell's overlays over the page. */
  readonly overlays = new Overlays((raise) => this.#raise(raise));
  readonly addressBar = new AddressBar(this);
  readonly activeTab = $derived(this.tabs.get(this.window?.activeTab ?? 0) ?? null);
  /** Frame statistics of the active tab. */
  readonly activeFrames = $derived(this.frames?.tab === this.window?.activeTab ? this.frames : null);

  /** Whether the plugins' findings on frames are shown anywhere. */
  readonly showsFigures = $derived(this.window?.showsPluginFigures === true || this.overlays.isOpen('card'));

  readonly messages: readonly Message[] = $derived.by(() => this.#messages());
  /** Whether state is kept. It is not before the previous document's state has been read. */
  #keeps = $state(false);
  /** The browser; null until its port has arrived. */
  #host: ShellHost | null = null;
  /** The active tab when the user last pressed a key or button in this document; undefined if that was elsewhere. */
  #userIsHereFor: number | null | undefined;
  #bounds: Rectangle | null = null;
  /** The tab whose menu of faults opens when the tab becomes active. */
  #toBreak: number | null = null;
  #nextFrames: TabFrameStatistics | null = null;
  #stillness: ReturnType<typeof setTimeout> | undefined;
  /** Start of each hang that was reported to the browser as painted, by tab. */
  readonly #hangs = new Map<number, number>();

  connect(host: ShellHost): void {
    this.#host = host;
    // The previous document may have ended with an open overlay.
    this.ask(({ call }) => call.setOverlay(this.overlays.any));
    const bounds = this.#bounds;
    if (bounds) this.ask(({ call }) => call.setContentBounds(bounds));
    this.ask(({ call }) => this.#takeOver(call));
  }

  /** Restores the state of the previous document, which may have crashed. From then on, keeps the state of this one. */
  async #takeOver(call: ShellHost['call']): Promise<void> {
    const text = await call.keptState();
    const kept = text === null ? null : readKeptState(text);
    const { drafts } = this.addressBar;
    for (const [tab, draft] of kept?.drafts ?? []) if (!drafts.has(tab)) drafts.set(tab, draft);
    if (kept?.open) this.overlays.openAgain(kept.open);
    this.#keeps = true;
  }

  /** Sends the state that a new document restores to the browser. An effect runs it again at each change. */
  keep(): void {
    const text = writeKeptState({ drafts: [...this.addressBar.drafts], open: this.overlays.popover });
    if (this.#keeps) this.tell((push) => push.keepState(text));
  }

  /** Tells the user if a fault that they chose could not be caused. */
  tellOfFault(result: BreakResult): void {
    this.refusedFault = result.ok ? null : (this.refusedFault ?? 0) + 1;
  }

  loadFaults(): void {
    this.ask(async ({ call }) => {
      this.faults = await call.faults();
    });
  }

  /** Calls the browser. A failure shows in the next state and on the console. */
  ask(question: (host: ShellHost) => Promise<unknown>): void {
    if (this.#host) question(this.#host).catch((error: unknown) => console.error(error));
  }

  /** Sends a push to the browser, which cannot fail. */
  tell(statement: (push: ShellHost['push']) => void): void {
    if (this.#host) statement(this.#host.push);
  }

  showWindow(change: WindowChange): void {
    const { window } = change;
    const told = this.tabs.take(change);
    if (window) this.window = window;
    for (const tab of told) this.#tellOfHang(tab);
    if (window) this.addressBar.takeRequests(window.addressRequests);
    if (!change.order) return;
    const open = new Set(change.order.tabs);
    for (const perTab of [this.addressBar.drafts, this.addressBar.refusals, this.#hangs])
      for (const tab of perTab.keys()) if (!open.has(tab)) perTab.delete(tab);
  }

  /** Reports when the strip's mark of a hang is painted. The browser measures how soon the user sees it. */
  #tellOfHang({ id, pid, hang }: TabState): void {
    if (!hang) this.#hangs.delete(id);
    else if (this.#hangs.get(id) !== hang.since) {
      this.#hangs.set(id, hang.since);
      whenPainted(() => this.tell((push) => push.painted({ what: 'hang', pid })));
    }
  }

  showDownloads(list: DownloadList): void {
    this.downloads = list;
  }

  /**
   * Reads the plugins' findings while they are shown, because the browser takes frames only for a reader. Returns a
   * function that stops it.
   */
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
    if (!this.#nextFrames) return; // `followFigures` was stopped
    this.frames = this.#nextFrames;
    this.#nextFrames = null;
    clearTimeout(this.#stillness);
    this.#stillness = setTimeout(() => {
      // No statistics come without frames, so the last rate of a page that has stopped painting is not 0.
      this.frames = this.frames && { ...this.frames, framesPerSecond: 0 };
    }, framesForgottenMs);
  }

  /**
   * Whether the user is typing into a field of the shell. A field keeps the document's focus while the page has the
   * keyboard, and the browser gives the keyboard back for a dialog, so only later input proves that the user is here.
   * Text that was typed for another tab does not count: a dialog of the active tab may be drawn before
   * `shownTabChanged`.
   */
  get userIsTyping(): boolean {
    const isHere = this.#userIsHereFor === untrack(() => this.window?.activeTab ?? null);
    return isHere && document.activeElement instanceof HTMLInputElement;
  }

  /** Tracks whether the user works in this document or elsewhere. Returns a function that stops it. */
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

  /** Gives the focus to the page if no element of the shell has it. */
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

  /** Activates the tab and opens the menu of faults over it. */
  breakTab(tab: number): void {
    if (this.window?.activeTab === tab) this.overlays.openAgain('break');
    else {
      this.#toBreak = tab;
      this.ask(({ call }) => call.activateTab(tab));
    }
  }

  /** Called when another tab became active: closes popovers, which are about the previous tab. */
  shownTabChanged(tab: number | null): void {
    // Earlier typing was for the previous tab, so a question of this tab may take the keyboard.
    this.#userIsHereFor = undefined;
    this.overlays.closePopovers();
    if (this.#toBreak === tab) this.overlays.openAgain('break');
    this.#toBreak = null;
  }

  /** Shows an internal page, in the tab that has it already or in a new one. */
  openInternal(address: string): void {
    const open = [...this.tabs.all].find((tab) => tab.address === address || tab.address === `${address}/`);
    this.ask(({ call }) => (open ? call.activateTab(open.id) : call.newTab(address)));
  }
}
