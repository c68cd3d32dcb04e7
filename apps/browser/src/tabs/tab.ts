import { EventEmitter } from 'node:events';
import type { LoadFailure, ProcessEnd, Rectangle, TabState, TabVitals } from '@bulkhead/contracts';
import type { HeartbeatOptions } from '@bulkhead/rpc';
import { type LoadURLOptions, type Session, WebContentsView, type WebFrameMain } from 'electron';
import { boundedAddress, boundedTitle, isCutAddress } from '../bounds/page-facts.ts';
import { logOf, type ProcessLog } from '../log/log.ts';
import { withoutCredentials } from '../omnibox/credentials.ts';
import { emptyDocument, ShownAddress } from '../omnibox/shown-address.ts';
import { keptShownText } from '../omnibox/shown-text.ts';
import { guardEvents } from '../page-events/guard-events.ts';
import { PageThrottle } from '../page-events/page-throttle.ts';
import { endProcess } from '../processes/end-process.ts';
import { describeEnd, describeInternalError } from '../processes/process-end.ts';
import { messageOf } from '../storage/crash-reports/run-marker.ts';
import { activeEntryOf, type SavedEntry, type SavedTab } from '../storage/session/saved-session.ts';
import { savedFormOf, savedTabOf } from '../storage/session/saved-tab.ts';
import { Coalesced } from '../timing/coalesced.ts';
import { Recent } from '../timing/recent.ts';
import { DocumentGreeter } from './document-greeter.ts';
import { PageIcon } from './favicon.ts';
import { FormEntries, placeholder, sourceOf } from './form-entries.ts';
import { loadSavedTab } from './load-saved-tab.ts';
import { isUndeclared } from './outside-port.ts';
import { sendFormAgain } from './send-form-again.ts';
import { type SentForms, sentFormsOf } from './sent-forms.ts';
import { TabClosing } from './tab-closing.ts';
import { TabConnection } from './tab-connection.ts';
import type { TabEvents } from './tab-events.ts';
import { healthy, type TabHealth } from './tab-health.ts';
import { TabHistory } from './tab-history.ts';
import { tabStateOf } from './tab-state.ts';
import { UserGestures } from './user-gestures.ts';

export interface TabOptions {
  id: number;
  session: Session;
  /** Absolute path of the tab's preload. */
  preload: string;
  heartbeat?: Partial<HeartbeatOptions>;
  /** Contents for the tab. Without them the tab creates its own. */
  view?: WebContentsView;
  /** Electron created these contents for a page. They load by themselves what the page wants. */
  opened?: boolean;
  /** The form that such contents send. */
  form?: PendingForm | undefined;
  /** The tab of an earlier session to restore. */
  restored?: SavedTab;
  /** Opened by the drill: never saved, never reopened. */
  ofDrill?: boolean;
}

/**
 * Why the browser ends a process, by PID. It applies to every tab in the process. `attempted`: the process may survive,
 * and then commits a page again.
 */
const intendedEnds = new Map<number, { kind: ProcessEnd['kind']; attempted: boolean }>();

/** A form that is sent (POST) into a tab without a document, and is not answered yet. */
export interface PendingForm {
  address: string;
  /** Method, body and referrer, to send it again. */
  how: LoadURLOptions;
}

/** Preferences that every view of a page must have. */
export const tabPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  // As in Chrome. By default Electron lets every page play sound at once.
  autoplayPolicy: 'document-user-activation-required',
} as const;

/**
 * Electron gives keyboard focus to a page when its next document commits, even to a hidden page, and with it what the
 * user types elsewhere. It does not do so for contents of this type. Electron 38 and later have `focusOnNavigation` for
 * it.
 */
export const leavesKeyboard = { type: 'browserView', focusOnNavigation: false } as const;

/** One tab: its page's view, its renderer process, its port. It outlives any number of renderer processes. */
export class Tab extends EventEmitter<TabEvents> {
  readonly id: number;
  readonly view: WebContentsView;
  readonly ofDrill: boolean;
  readonly gestures: UserGestures;
  readonly #heartbeat: Partial<HeartbeatOptions>;
  readonly #history: TabHistory;
  readonly #forms: FormEntries;
  readonly #sentForms: SentForms;
  /** The answer to a form of an earlier session, until its placeholder has committed. */
  #lostForm: SavedEntry | undefined;
  #pendingForm: PendingForm | undefined;
  #pid: number | null = null;
  #ended: ProcessEnd | null = null;
  #lastEnd: ProcessEnd | null = null;
  #failed: LoadFailure | null = null;
  readonly #icon: PageIcon;
  /** Reports changes at most once a frame, because a page may make them as often as it likes. */
  readonly #changedByPage = new Coalesced(() => !this.#closing.isDone && this.emit('changed'));
  #health = healthy;
  #fault: string | null = null;
  readonly #throttle: PageThrottle;
  #connection: TabConnection | undefined;
  /** Number of documents of the main frame so far. */
  #documents = 0;
  /** The present document has been parsed to its end. */
  #isWhole = false;
  /** Timer that waits for the rest of a document that the network has lost. */
  #rest: NodeJS.Timeout | undefined;
  /** Ports that documents have closed. */
  readonly #lostPorts = new Recent(portLossesWithinMs);
  /** The Chromium debug address that was loaded last. It never commits, and that is not a failure. */
  #debugAddress: string | undefined;
  readonly #shown: ShownAddress;
  #pendingAddress: string | undefined;
  /** The last title that the page set. It outlives the contents. */
  #title = '';
  readonly #shownText = keptShownText();
  /** The address that failed, with its user and password. */
  #failedAddress = '';
  /** The tab of an earlier session, until its page has committed. */
  #restored: SavedTab | undefined;
  /** The tab as it was when its page closed it. */
  #closedByPage: SavedTab | undefined;
  #pinned: boolean;
  readonly #closing: TabClosing;

  constructor(options: TabOptions) {
    super();
    this.setMaxListeners(mostListeners);
    this.id = options.id;
    this.ofDrill = options.ofDrill ?? false;
    this.#heartbeat = options.heartbeat ?? {};
    this.view =
      options.view ??
      new WebContentsView({
        webPreferences: { ...tabPreferences, ...leavesKeyboard, session: options.session, preload: options.preload },
      });
    // Contents of the type `browserView` are transparent by default.
    this.view.setBackgroundColor(pageColour);
    this.gestures = new UserGestures(this.contents);
    this.#forms = new FormEntries(this.contents.navigationHistory);
    this.#history = new TabHistory(this.#forms, (entry) => this.#loadEntry(entry));
    this.#sentForms = sentFormsOf(this.contents.session);
    this.#sentForms.follow(this.contents);
    // A window opened by a page has an empty document, which its opener can write into, until its address commits.
    this.#shown = new ShownAddress(options.opened ? emptyDocument : '');
    this.#pendingForm = options.form;
    this.#restored = options.restored;
    this.#pinned = options.restored?.pinned ?? false;
    this.#icon = new PageIcon(this.contents.session, () => this.#changedByPage.request());
    this.#throttle = new PageThrottle(this, (isMarked) => {
      if (isMarked) this.log.warn('it is slowed, because the browser cannot keep up with it');
      this.note({ slowsBrowser: isMarked });
    });
    this.#closing = new TabClosing(this);
    const onFault = (error: unknown) => this.endForFault(error);
    guardEvents(this, { onFault });
    guardEvents(this.contents, {
      hears: (name, args) => this.#closing.hears(name) && !this.#hasSpokenOutsidePort(name, args),
      onFault,
      onEvent: (name, args) => !this.#closing.goes && this.#throttle.count(name, args),
    });
    this.#observe();
  }

  get contents() {
    return this.view.webContents;
  }

  /** Process of the main frame's document. Null while there is none. */
  get pid(): number | null {
    return this.#pid;
  }

  /** Logger of the tab's present process. Every line about a tab is written with it. */
  get log(): ProcessLog {
    return this.logOf(this.#pid);
  }

  /** Logger of an earlier process of the tab. */
  logOf(pid: number | null): ProcessLog {
    return logOf({ type: 'tab', id: this.id, pid });
  }

  get ended(): ProcessEnd | null {
    return this.#ended;
  }

  /** The port to the page's preload. Undefined before the first commit and after the process has ended. */
  get connection(): TabConnection | undefined {
    return this.#connection;
  }

  get health(): Readonly<TabHealth> {
    return this.#health;
  }

  /** A debugger holds the page, or may hold it: nothing else may stop its process. */
  get isDebugged(): boolean {
    return !this.#closing.isDone && (this.contents.isDevToolsOpened() || this.contents.debugger.isAttached());
  }

  /** The page exceeds its budget and is slowed down, so it may fail to answer. */
  get isSlowed(): boolean {
    return this.#throttle.isSlowed;
  }

  /** The object that slows the page down. */
  get throttle(): PageThrottle {
    return this.#throttle;
  }

  /** The user lets a page that slows down the browser continue. */
  waitForSlowPage(): void {
    this.#throttle.wait();
  }

  /** The last vitals that the process reported. Undefined before the first answer. */
  get vitals(): TabVitals | undefined {
    return this.#connection?.vitals;
  }

  /** Asks the process for its vitals. The answer will be in `vitals`. */
  askVitals(): void {
    this.#connection?.askVitals();
  }

  /** `silently`: emits no event, because the value changes all the time. The next change sends it along. */
  note(findings: Partial<TabHealth>, { silently = false }: { silently?: boolean } = {}): void {
    this.#health = { ...this.#health, ...findings };
    if (!silently) this.emit('changed');
  }

  /** No document has committed since the tab was opened. */
  get isEmpty(): boolean {
    return this.#documents === 0 && this.#failed === null && this.#restored === undefined;
  }

  /** The tab shows a page, not a sad tab or a failed load. */
  get showsPage(): boolean {
    return this.#ended === null && this.#failed === null;
  }

  /** Its page is the answer to a form (POST). */
  get answersForm(): boolean {
    return this.#forms.isAnswer;
  }

  /** The address that the address bar shows, without user and password. */
  get address(): string {
    return this.#shown.asked === undefined ? this.committedAddress : withoutCredentials(this.#shown.asked);
  }

  /** Address of the present document, or of the page that could not be loaded. Policy depends on this one. */
  get committedAddress(): string {
    const restored = this.#restored ? activeEntryOf(this.#restored).address : '';
    return this.#failed?.address ?? withoutCredentials(this.#shown.committed || restored);
  }

  /** A document of the main frame is loading. */
  get isLoading(): boolean {
    return !this.#closing.isDone && this.contents.isLoadingMainFrame();
  }

  /** Present address of the main frame's pending navigation, after redirects. Undefined when there is none. */
  get pendingAddress(): string | undefined {
    return this.#pendingAddress;
  }

  get title(): string {
    const before = (this.#restored && activeEntryOf(this.#restored).title) || this.#forms.lost?.title;
    const own = this.#shown.committed === '' || this.#failed ? '' : this.contents.getTitle();
    return own || before || this.#shownText(this.address.slice(0, 65_536));
  }

  get pinned(): boolean {
    return this.#pinned;
  }

  setPinned(pinned: boolean): void {
    this.#pinned = pinned;
    this.emit('changed');
  }

  /** Loads the page that the tab had in an earlier session. */
  loadRestored(): void {
    const { navigationHistory } = this.contents;
    const load = (entry: SavedEntry) => this.#loadEntry(entry);
    const restored = this.#restored;
    if (restored) {
      loadSavedTab({ navigationHistory, list: this.#history, forms: this.#forms, load }, restored);
      // Until its page has committed, the tab is saved unchanged: the browser may end before that.
      this.#restored = restored;
    }
    this.emit('changed');
  }

  /** A different number whenever the navigation history may have changed. */
  get historyVersion(): number {
    return this.#history.version;
  }

  /** Returns what the next start needs to reopen the tab. */
  saved(): SavedTab {
    if (this.#restored) return { ...this.#restored, pinned: this.#pinned };
    if (this.#pendingForm) return savedFormOf(this.#pendingForm.address, this.#pinned);
    return savedTabOf(this.#history, this);
  }

  /** Loads an address that the user asked for. `how`: referrer, body and other options. */
  load(address: string, how?: LoadURLOptions): void {
    this.emit('leaving', () => this.load(address, how));
    this.#history.abandonStep();
    this.#shown.ask(address);
    this.#loadAddress(address, how);
  }

  /** Stops loading. The tab keeps its document. */
  stop(): void {
    if (!this.isLoading && this.#shown.asked === undefined) return;
    this.#shown.abandon();
    this.contents.stop();
    this.emit('changed');
  }

  /**
   * The network service has ended and was restarted. Loads under way never finish, and Electron does not report that.
   * An address that the user asked for is loaded again. For a form, the user is asked. Otherwise the tab keeps its
   * document.
   */
  loseNetwork(): void {
    if (!this.isLoading) return;
    const asked = this.#shown.asked ?? (this.#shown.committed === '' ? this.#pendingAddress : undefined);
    if (this.#pendingForm) {
      this.stop();
      this.reload();
    } else if (asked !== undefined) {
      this.stop();
      this.load(asked);
    } else if (this.#pendingAddress !== undefined) this.#giveUpRest();
    else {
      // If only a part of a page was lost, such as an image, loading stops by itself. A document waits for its rest.
      clearTimeout(this.#rest);
      const giveUp = () => !this.#isWhole && this.#pendingAddress === undefined && this.#giveUpRest();
      this.#rest = setTimeout(() => this.guard(giveUp), restMs);
    }
  }

  /** Stops loading: the rest of the document will not arrive. */
  #giveUpRest(): void {
    if (!this.isLoading) return;
    this.stop();
    if (!this.#isWhole && this.#documents > 0 && this.showsPage) this.note({ cutOff: true });
  }

  #loadEntry(entry: SavedEntry): void {
    if (entry.posted) this.#lostForm = entry;
    this.#loadAddress(entry.posted ? placeholder : entry.address);
  }

  #loadAddress(address: string, how?: LoadURLOptions): void {
    if (address !== placeholder) this.#lostForm = undefined;
    this.#restored = undefined;
    // A tab that has a document is saved with that one until the answer arrives.
    const isEmpty = this.#pendingForm !== undefined || this.#shown.committed === '';
    this.#pendingForm = how?.postData && isEmpty ? { address, how } : undefined;
    // Ignored: errors arrive as did-fail-provisional-load, with more details.
    this.contents.loadURL(address, how).catch(() => undefined);
    this.emit('changed');
  }

  /**
   * Loads a Chromium debug address, which damages the page's process or one of Chromium's instead of loading a page.
   */
  loadDebugAddress(address: string): void {
    this.emit('leaving', () => this.loadDebugAddress(address));
    this.#debugAddress = address;
    // It allocates so much memory at once that no measurement comes in between.
    if (address === 'chrome://memory-exhaust/' && this.#pid !== null)
      intendedEnds.set(this.#pid, { kind: 'out-of-memory', attempted: true });
    this.contents.loadURL(address).catch(() => undefined); // it always fails
  }

  /**
   * Loads the page again, in a new process when the old one has ended. Keeps the history. `anew`: without the cache.
   */
  reload({ anew = false } = {}): void {
    // A lost form leaves only its address, and the user must choose to load that.
    if (this.#forms.lost) return;
    // An answer that is still arriving continues while the user is asked.
    const isAnswer = this.#forms.isAnswer && (this.#failed || !this.contents.isWaitingForResponse());
    if (this.#pendingForm || isAnswer) this.note({ asksToResend: true });
    // Loading the address replaces the failed entry in the list.
    else if (this.#failed && this.contents.getURL() !== this.#failedAddress) this.load(this.#failedAddress);
    else if (this.#restored && !this.#failed) this.loadRestored();
    else if (this.#shown.committed === '' && this.#shown.asked) this.load(this.#shown.asked);
    // A window whose page has not committed has nothing to reload, and its load continues.
    else if (!this.isEmpty) {
      this.emit('leaving', () => this.reload({ anew }));
      this.#shown.abandon();
      // Stops the present load. Chromium then starts at once, or holds back a form that would be sent again.
      this.contents.stop();
      if (anew) this.contents.reloadIgnoringCache();
      else this.contents.reload();
      if (!this.contents.isWaitingForResponse()) this.note({ asksToResend: true });
    }
  }

  /** The user's answer whether the form may be sent again. */
  answerResend(accepted: boolean): void {
    if (!this.#health.asksToResend) return;
    this.note({ asksToResend: false });
    if (accepted) this.sendFormAgain();
  }

  /** Sends the form again: the one that the present document is the answer to, or the one that was not answered. */
  sendFormAgain(): void {
    const pending = this.#pendingForm;
    if (pending) {
      this.load(pending.address, pending.how);
      return;
    }
    this.emit('leaving', () => this.sendFormAgain());
    this.#shown.abandon();
    void sendFormAgain(this.contents);
  }

  /** Loads the address of a form's answer without the form. */
  loadWithoutForm(): void {
    if (this.#failed && this.#forms.isAnswer) this.load(this.#failedAddress);
  }

  goBack(): void {
    this.emit('leaving', () => this.goBack());
    this.#shown.abandon();
    this.#history.goBack();
  }

  goForward(): void {
    this.emit('leaving', () => this.goForward());
    this.#shown.abandon();
    this.#history.goForward();
  }

  /** Runs code that concerns only this tab. If it throws, the tab ends, not the browser. */
  guard(run: () => unknown): void {
    try {
      run();
    } catch (error) {
      this.endForFault(error);
    }
  }

  /** Does the same in a later turn, because acting on contents within some events crashes Electron. */
  guardLater(run: () => void): void {
    setImmediate(() => this.guard(run));
  }

  /** Ends the tab because of a bug in Bulkhead. */
  endForFault(error: unknown): void {
    this.log.error('it is ended because of a bug in Bulkhead:', error);
    if (this.#closing.isDone || this.#ended) return;
    this.#fault = messageOf(error);
    if (this.#pid !== null) this.kill('internal-error');
    else setImmediate(() => this.#ended ?? this.#markEnded(describeInternalError(this.#lastEnd)));
  }

  /** The message of Bulkhead's bug, if the process was ended for one. */
  get fault(): string | null {
    return this.#ended?.kind === 'internal-error' ? this.#fault : null;
  }

  /** Ends the renderer process with SIGKILL. `because`: the reason that the sad tab shows. By default: killed. */
  kill(because?: ProcessEnd['kind']): void {
    if (this.#pid === null || this.#ended) return;
    if (because && !intendedEnds.has(this.#pid)) intendedEnds.set(this.#pid, { kind: because, attempted: false });
    endProcess(this.#pid, 'SIGKILL');
  }

  /** Closes the tab for the user or the browser. */
  close(): void {
    this.#closing.request();
  }

  /** Closes the tab with its window. Resolves when its contents are closed. */
  leave(): Promise<void> {
    return this.#closing.leaveWithWindow();
  }

  /** As `TabClosing.endFlood`. */
  endFlood(): Promise<void> {
    return this.#closing.endFlood();
  }

  /** As `TabClosing.leavePage`. */
  leavePage(): void {
    this.#closing.leavePage();
  }

  /** True once its contents are being closed: its page may no longer ask for anything. */
  get goes(): boolean {
    return this.#closing.goes;
  }

  /** The user or the browser has requested closing. */
  get closing(): boolean {
    return this.#closing.isRequested;
  }

  /**
   * The saved tab, when its page closed it without being entitled to. A script may close a tab that has nothing to go
   * back to, and some versions of Electron do not give Chromium the list of an earlier session.
   */
  get closedByPage(): SavedTab | undefined {
    return this.#closedByPage;
  }

  setBounds(bounds: Rectangle): void {
    this.view.setBounds(bounds);
  }

  state(sharesProcessWith: number[]): TabState {
    const address = boundedAddress(this.address);
    const history = this.#history;
    return tabStateOf({
      id: this.id,
      title: this.title,
      address,
      shownAddress: isCutAddress(address) ? address : this.#shownText(address),
      committedAddress: this.committedAddress,
      favicon: this.#icon.shown,
      loading: this.isLoading,
      pinned: this.#pinned,
      canGoBack: history.canGoBack,
      canGoForward: history.canGoForward,
      pid: this.#ended ? null : this.#pid,
      sharesProcessWith,
      ended: this.#ended,
      failed: this.#failed,
      responsive: this.#connection?.responsive ?? true,
      heartbeat: this.#connection?.heartbeat() ?? { answered: 0, lost: 0, longestGapMs: 0 },
      ...this.#health,
    });
  }

  /**
   * Ends the process at once. A signal does not act on the contents, and later messages are dropped with the process.
   */
  #hasSpokenOutsidePort(name: string | symbol, args: readonly unknown[]): boolean {
    if (!isUndeclared(name, args)) return false;
    this.#endForBadMessage(outsidePort);
    return true;
  }

  #observe(): void {
    const { contents } = this;
    const changed = () => this.#changedByPage.request();
    contents.on('page-title-updated', (_event, title) => {
      this.#title = boundedTitle(title);
      changed();
    });
    contents.on('did-start-loading', changed);
    contents.on('did-start-navigation', ({ isMainFrame, isSameDocument, initiator, url }) => {
      if (!isMainFrame || isSameDocument) return;
      this.#shown.started({ byPage: initiator !== null && initiator !== undefined });
      this.#isUnderWay(url);
      changed();
    });
    contents.on('did-redirect-navigation', ({ isMainFrame, url }) => {
      if (isMainFrame) this.#pendingAddress = url;
    });
    contents.on('will-prevent-unload', () => {
      this.#shown.held();
      this.#history.abandonStep();
      changed();
    });
    contents.on('did-stop-loading', () => {
      this.#shown.stopped();
      this.#isUnderWay(undefined);
      changed();
    });
    contents.on('did-navigate-in-page', (_event, address, isMainFrame) => {
      if (!isMainFrame) return;
      this.#shown.commitInPage(address);
      this.#forms.committed({ inPage: true });
      this.#history.committed();
      changed();
    });
    contents.on('did-navigate', (_event, address) => this.#committed(address));
    contents.on('page-favicon-updated', (_event, [address]) => this.#icon.want(address));
    contents.on('dom-ready', () => {
      this.#isWhole = true;
    });
    contents.on('did-fail-provisional-load', (_event, code, name, address, isMainFrame) => {
      if (isMainFrame && code !== aborted && address !== this.#debugAddress) this.#fail({ code, name, address });
    });
    // Handles a failure when no document has committed. A document that has committed is shown as far as it got, as in
    // Chrome.
    contents.on('did-fail-load', (_event, code, _name, _address, isMainFrame) => {
      if (isMainFrame && code !== aborted && this.showsPage) this.note({ cutOff: true });
    });
    const greeter = new DocumentGreeter(contents);
    greeter.on('document', (frame) => this.guard(() => this.#connect(frame)));
    greeter.on('impostor', () => this.#endForBadMessage(outsidePort));
    contents.on('render-process-gone', (_event, gone) => {
      const pid = this.#pid;
      const intended = pid === null ? undefined : intendedEnds.get(pid)?.kind;
      const end = describeEnd(gone, pid, this.#lastEnd, { intended, memory: this.#health.memory });
      this.#throttle.release();
      this.emit('ending');
      // Electron is still tearing the process down. Acting on its contents now has crashed the browser.
      this.guardLater(() => {
        // By now every tab of that process has been told of its end.
        if (pid !== null) intendedEnds.delete(pid);
        this.#markEnded(end);
      });
    });
    contents.once('destroyed', () => {
      if (this.#closing.isByPage) this.#closedByPage = this.#listed();
      this.#icon.clear();
      this.#pid = null;
      this.#connection?.close();
      this.emit('closed');
    });
  }

  /**
   * Returns the source's address where the source is shown: Electron reports a page and its source with the same
   * address.
   */
  #asSource(address: string): string {
    const source = sourceOf(address);
    return this.#shown.asked === source || this.contents.getURL() === source ? source : address;
  }

  /**
   * Returns the tab with its list of an earlier session, after its contents are destroyed. Undefined when there is
   * none.
   */
  #listed(): SavedTab | undefined {
    const current = {
      url: this.#shown.committed,
      title: this.#title,
      ...(this.#forms.isAnswer && { posted: true as const }),
    };
    const list = this.#history.around(current);
    return list && savedTabOf(list, { pinned: this.#pinned, address: current.url, title: current.title });
  }

  /** A navigation of the main frame has started. Without an address: none is pending any more. */
  #isUnderWay(address: string | undefined): void {
    const before = this.#pendingAddress;
    this.#pendingAddress = address;
    if (before !== undefined) this.emit('arrived');
  }

  /** True when the committed document belongs to the pending navigation. It may be late, from the navigation before. */
  #arriveAt(address: string): boolean {
    if (this.#pendingAddress !== undefined && this.#pendingAddress !== address) return false;
    this.#isUnderWay(undefined);
    return true;
  }

  #committed(address: string): void {
    this.#documents += 1;
    this.#isWhole = false;
    clearTimeout(this.#rest);
    this.#throttle.release();
    const isLate = !this.#arriveAt(address);
    if (!isLate) this.#pendingForm = undefined;
    const shown = this.#asSource(address);
    this.#shown.commit(shown, { isLate });
    this.#title = '';
    const answer = this.#sentForms.isAnswer(this.contents, address);
    this.#forms.committed({ answer, source: shown !== address, lost: this.#lostForm });
    this.#history.committed();
    this.#lostForm = undefined;
    const { lost } = this.#forms;
    if (lost) {
      this.#restored = undefined;
      this.#fail({ code: cacheMiss, name: 'ERR_CACHE_MISS', address: lost.address }, { lost: true });
      return;
    }
    this.#pid = this.contents.getOSProcessId() || null;
    this.#ended = null;
    this.#failed = null;
    this.#icon.clear();
    this.#restored = undefined;
    // A process that was only told to end has survived. One that was killed may have sent this commit before its end.
    if (this.#pid !== null && intendedEnds.get(this.#pid)?.attempted) intendedEnds.delete(this.#pid);
    this.#health = healthy;
    this.emit('committed');
    this.emit('awaited');
    this.emit('changed');
  }

  /** The document listens now: it gets a port, and the port of the document before is closed. */
  #connect(frame: WebFrameMain): void {
    this.#documents += 1;
    this.#openPort(frame);
    this.emit('connected', frame);
  }

  #openPort(frame: WebFrameMain): void {
    this.#connection?.close();
    const connection = new TabConnection(this, frame, this.#heartbeat);
    this.#connection = connection;
    const document = this.#documents;
    connection.on('responsiveness', () => this.emit('responsiveness'));
    connection.on('responsiveness', () => this.emit('changed'));
    connection.on('opened', () => this.emit('answered'));
    connection.on('printing', (printing) => this.note({ printing }));
    connection.on('scrolled', (place) => this.emit('scrolled', place));
    connection.on('badMessage', (reason) => this.#endForBadMessage(reason));
    connection.on('lost', () => {
      // A document that replaces this one has a greeting on its way, and needs no port from here.
      setTimeout(() => {
        if (this.#connection === connection && this.#documents === document) this.guard(() => this.#replacePort(frame));
      }, greetingMs);
    });
    this.emit('awaited');
  }

  /** Gives a document that closed its port another one, unless it does so repeatedly. */
  #replacePort(frame: WebFrameMain): void {
    if (this.#lostPorts.add() > mostPortLosses) this.#endForBadMessage('it closed its port repeatedly');
    else if (!frame.isDestroyed()) this.#openPort(frame);
  }

  #endForBadMessage(reason: string): void {
    if (this.#pid === null || intendedEnds.get(this.#pid)?.kind === 'bad-message') return;
    this.log.warn(`it is ended for a bad message: ${reason}`);
    this.kill('bad-message');
  }

  /**
   * Handles a failed load. Chromium's error page is not a page of the tab, and its process belongs to no tab. `lost`:
   * only the placeholder of a form's answer was loaded.
   */
  #fail(failed: Omit<LoadFailure, 'form'>, { lost = false } = {}): void {
    const address = this.#asSource(failed.address);
    const source = address !== failed.address;
    if (!lost) {
      this.#forms.committed({ answer: this.#sentForms.isAnswer(this.contents, failed.address), source });
    }
    this.#history.noteChange();
    const isLate = !this.#arriveAt(failed.address);
    if (!isLate) this.#pendingForm = undefined;
    const form = this.#forms.lost ? 'lost' : this.#forms.isAnswer ? 'kept' : null;
    this.#connection?.close();
    this.#connection = undefined;
    this.#throttle.release();
    this.#shown.commit(address, { isLate });
    this.#failedAddress = address;
    this.#failed = { ...failed, form, address: withoutCredentials(address) };
    this.#icon.clear();
    this.#ended = null;
    this.#pid = null;
    this.#health = healthy;
    this.emit('failed');
    this.emit('changed');
  }

  #markEnded(end: ProcessEnd): void {
    if (this.#closing.isDone) return;
    this.#connection?.peerDied(end);
    this.#connection = undefined;
    this.#ended = end;
    this.#lastEnd = end;
    this.#pid = null;
    this.#health = healthy;
    this.emit('ended', end);
    this.emit('changed');
  }
}

/** The reason in the log. */
const outsidePort = 'it sent a message outside its port';

/** Background of a page that sets no color, in every theme. */
const pageColour = '#ffffff';

/** Every watcher of a tab listens to it: about twenty for the most used event. More is a leak. */
const mostListeners = 32;

/** Number of lost ports of one tab that still counts as an accident. */
const mostPortLosses = 3;
const portLossesWithinMs = 10_000;
/** Longest time from the end of a document's port to the greeting of the next document, ms. */
const greetingMs = 500;

/** Time for a page to notice by itself that the network has lost a part of it, ms. */
const restMs = 1000;

/** net::ERR_CACHE_MISS: Chromium would have to send a form again for a step back or forward. */
const cacheMiss = -400;

/** net::ERR_ABORTED: a navigation was replaced by another one, or became a download. */
const aborted = -3;
