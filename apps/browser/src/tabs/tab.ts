import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadFailure, ProcessEnd, Rectangle, TabState, TabVitals } from '@bulkhead/contracts';
import type { HeartbeatOptions } from '@bulkhead/rpc';
import { type LoadURLOptions, type Session, WebContentsView, type WebFrameMain } from 'electron';
import { withoutCredentials } from '../omnibox/credentials.ts';
import { emptyDocument, ShownAddress } from '../omnibox/shown-address.ts';
import { keptShownText } from '../omnibox/shown-text.ts';
import { UserGestures } from '../opening/user-gestures.ts';
import { endProcess } from '../processes/end-process.ts';
import { describeEnd, describeInternalError } from '../processes/process-end.ts';
import { messageOf } from '../storage/crash-reports/run-marker.ts';
import { activeEntryOf, type SavedEntry, type SavedTab } from '../storage/session/saved-session.ts';
import { savedFormOf, savedTabOf } from '../storage/session/saved-tab.ts';
import { guardEvents } from '../supervision/page-events/guard-events.ts';
import { PageThrottle } from '../supervision/page-events/page-throttle.ts';
import { Coalesced } from '../timing/coalesced.ts';
import { DocumentGreeter } from './document-greeter.ts';
import { PageIcon } from './favicon.ts';
import { FormEntries, placeholder, sourceOf } from './form-entries.ts';
import { loadSavedTab } from './load-saved-tab.ts';
import { isUndeclared } from './outside-port.ts';
import { boundedAddress, boundedTitle, isCutAddress } from './page-facts.ts';
import { sendFormAgain } from './send-form-again.ts';
import { type SentForms, sentFormsOf } from './sent-forms.ts';
import { TabConnection } from './tab-connection.ts';
import type { TabEvents } from './tab-events.ts';
import { healthy, type TabHealth } from './tab-health.ts';
import { TabHistory } from './tab-history.ts';
import { tabStateOf } from './tab-state.ts';

export interface TabOptions {
  id: number;
  session: Session;
  /** The tab's preload, absolute path. */
  preload: string;
  heartbeat?: Partial<HeartbeatOptions>;
  /** Contents for it; without them it makes its own. */
  view?: WebContentsView;
  /** The runtime made these contents for a page: they load by themselves what the page wants. */
  opened?: boolean;
  /** The form that such contents send. */
  form?: PendingForm | undefined;
  /** The tab of an earlier session that it is to be again. */
  restored?: SavedTab;
  /** Opened to be broken, or to watch others be: nothing of it is a person's, to be kept or had back. */
  ofDrill?: boolean;
}

/**
 * Why this side ends a process, by PID: it holds for every tab that the process runs. `attempted`: it may survive, and
 * then commits a page again.
 */
const intendedEnds = new Map<number, { kind: ProcessEnd['kind']; attempted: boolean }>();

/** A form that is sent (POST) into a tab without a document, and has not been answered. */
export interface PendingForm {
  address: string;
  /** Method, body and referrer, to send it again. */
  how: LoadURLOptions;
}

/** What every view of a page must have. */
export const tabPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  // As in Chrome: the runtime lets every page play sound at once.
  autoplayPolicy: 'document-user-activation-required',
} as const;

/**
 * The runtime gives the keyboard to each page whose next document comes, even to a hidden one, and with it what the user
 * types elsewhere. It does not for contents of this type. Runtimes since Electron 38 have `focusOnNavigation` for it.
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
  /** A form's answer of an earlier session, until its placeholder has come. */
  #lostForm: SavedEntry | undefined;
  #pendingForm: PendingForm | undefined;
  #pid: number | null = null;
  #ended: ProcessEnd | null = null;
  #lastEnd: ProcessEnd | null = null;
  #failed: LoadFailure | null = null;
  readonly #icon: PageIcon;
  /** What a page may change as often as it likes is told once a frame. */
  readonly #changedByPage = new Coalesced(() => !this.#closed && this.emit('changed'));
  #health = healthy;
  #fault: string | null = null;
  readonly #throttle: PageThrottle;
  #connection: TabConnection | undefined;
  /** Documents of the main frame so far. */
  #documents = 0;
  /** The present document has come as far as its end. */
  #isWhole = false;
  /** Waits for the rest of a document that the network has lost. */
  #rest: NodeJS.Timeout | undefined;
  /** When ports of the present document were lost, performance.now(). */
  #lostPorts: number[] = [];
  /** Chromium's own debug address that was loaded last: it never comes to a page, and that is no failure. */
  #debugAddress: string | undefined;
  readonly #shown: ShownAddress;
  #pendingAddress: string | undefined;
  /** The last title that the page has given itself: it outlives the contents. */
  #title = '';
  readonly #shownText = keptShownText();
  /** What failed, with the user and the password that it may have. */
  #failedAddress = '';
  /** The tab of an earlier session, until its page has come. */
  #restored: SavedTab | undefined;
  /** What its page took the tab away from. */
  #closedByPage: SavedTab | undefined;
  #pinned: boolean;
  /** Somebody has asked for it to be closed. */
  #closing = false;
  /** Its contents are being taken down: they tell of it, and an act on them inside such an event crashes the runtime. */
  #goes = false;
  /** It goes with its window. */
  #windowGoes = false;
  /** Its contents have gone: there is nothing that could be asked any more. */
  #closed = false;

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
    // Contents of the type that leaves the keyboard are see-through otherwise.
    this.view.setBackgroundColor(pageColour);
    this.gestures = new UserGestures(this.contents);
    this.#forms = new FormEntries(this.contents.navigationHistory);
    this.#history = new TabHistory(this.#forms, (entry) => this.#loadEntry(entry));
    this.#sentForms = sentFormsOf(this.contents.session);
    this.#sentForms.follow(this.contents);
    // What a page opens has an empty document, which its opener can write into, until its address commits.
    this.#shown = new ShownAddress(options.opened ? emptyDocument : '');
    this.#pendingForm = options.form;
    this.#restored = options.restored;
    this.#pinned = options.restored?.pinned ?? false;
    this.#icon = new PageIcon(this.contents.session, () => this.#changedByPage.request());
    this.#throttle = new PageThrottle(this, (isMarked) => this.note({ slowsBrowser: isMarked }));
    const onFault = (error: unknown) => this.endForFault(error);
    guardEvents(this, { onFault });
    guardEvents(this.contents, {
      hears: (name, args) => this.#hears(name) && !this.#hasSpokenOutsidePort(name, args),
      onFault,
      onEvent: (name, args) => !this.#goes && this.#throttle.count(name, args),
    });
    this.#observe();
  }

  get contents() {
    return this.view.webContents;
  }

  /** Process of the main frame's document; null while there is none. */
  get pid(): number | null {
    return this.#pid;
  }

  get ended(): ProcessEnd | null {
    return this.#ended;
  }

  /** The port to the page's preload; undefined before the first commit and after the process has gone. */
  get connection(): TabConnection | undefined {
    return this.#connection;
  }

  get health(): Readonly<TabHealth> {
    return this.#health;
  }

  /** A debugger holds the page, or wants to hold it: nobody else may stop its process. */
  get isDebugged(): boolean {
    return !this.#closed && (this.contents.isDevToolsOpened() || this.contents.debugger.isAttached());
  }

  /** Its page does more than its budget allows, and is slowed: it may be silent for that. */
  get isSlowed(): boolean {
    return this.#throttle.isSlowed;
  }

  /** What slows the page. */
  get throttle(): PageThrottle {
    return this.#throttle;
  }

  /**
   * Before it closes: a page that floods the browser is not asked whether it may be left, for its answer would come
   * behind the flood. Its process is ended. Resolves when there is no flood.
   */
  async endFlood(): Promise<void> {
    if (!this.isSlowed || this.#pid === null) {
      this.#throttle.release();
      return;
    }
    const ended = new Promise((resolve) => this.once('ended', resolve));
    this.kill();
    await Promise.race([ended, sleep(floodMs)]);
  }

  /** It goes with its window. Resolves when its contents have been taken down. */
  leave(): Promise<void> {
    this.#windowGoes = true;
    return this.#takeDown();
  }

  /** The user gives a page more time that slows the browser down. */
  waitForSlowPage(): void {
    this.#throttle.wait();
  }

  /** What its process last said of itself; undefined before it has been asked. */
  get vitals(): TabVitals | undefined {
    return this.#connection?.vitals;
  }

  /** Asks its process what it has to say of itself; the answer will be in `vitals`. */
  askVitals(): void {
    this.#connection?.askVitals();
  }

  /** `silently`: what goes on all the time is told with the next change of something else. */
  note(findings: Partial<TabHealth>, { silently = false }: { silently?: boolean } = {}): void {
    this.#health = { ...this.#health, ...findings };
    if (!silently) this.emit('changed');
  }

  /** No document has come since it was opened. */
  get isEmpty(): boolean {
    return this.#documents === 0 && this.#failed === null && this.#restored === undefined;
  }

  /** Has a page to be looked at: not a sad tab, not a failed load. */
  get showsPage(): boolean {
    return this.#ended === null && this.#failed === null;
  }

  /** Its page answers a form that was sent (POST). */
  get answersForm(): boolean {
    return this.#forms.isAnswer;
  }

  /** What the address bar shows: never with a user or a password. */
  get address(): string {
    return this.#shown.asked === undefined ? this.committedAddress : withoutCredentials(this.#shown.asked);
  }

  /** Of the document that the tab has, or of the page that could not be loaded. Policy goes by this one. */
  get committedAddress(): string {
    const restored = this.#restored ? activeEntryOf(this.#restored).address : '';
    return this.#failed?.address ?? withoutCredentials(this.#shown.committed || restored);
  }

  /** A document of its main frame is on its way, or has not come to its end. */
  get isLoading(): boolean {
    return !this.#closed && this.contents.isLoadingMainFrame();
  }

  /** Where its navigation of the main frame that is under way has got to; undefined while there is none. */
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

  /** Loads the page that it had in an earlier session. */
  loadRestored(): void {
    const { navigationHistory } = this.contents;
    const load = (entry: SavedEntry) => this.#loadEntry(entry);
    const restored = this.#restored;
    if (restored) {
      loadSavedTab({ navigationHistory, list: this.#history, forms: this.#forms, load }, restored);
      // Until its page has come it is saved as it was: the program may end before that.
      this.#restored = restored;
    }
    this.emit('changed');
  }

  /** Another number whenever its back and forward list may have changed. */
  get historyVersion(): number {
    return this.#history.version;
  }

  /** What the next start needs to open it again. */
  saved(): SavedTab {
    if (this.#restored) return { ...this.#restored, pinned: this.#pinned };
    if (this.#pendingForm) return savedFormOf(this.#pendingForm.address, this.#pinned);
    return savedTabOf(this.#history, this);
  }

  /** Goes to an address that the user asked for. `how`: with this referrer, this body and the like. */
  load(address: string, how?: LoadURLOptions): void {
    this.emit('leaving', () => this.load(address, how));
    this.#history.abandonStep();
    this.#shown.ask(address);
    this.#loadAddress(address, how);
  }

  /** Ends what loads, if anything does. The document that the tab has stays. */
  stop(): void {
    if (!this.isLoading && this.#shown.asked === undefined) return;
    this.#shown.abandon();
    this.contents.stop();
    this.emit('changed');
  }

  /**
   * The network service has ended, and another is there: what was loading never comes, and the runtime does not say so.
   * What the user asked for is loaded again. A form is asked about. Of anything else the tab keeps the document it has.
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
      // Where only a part of a page was lost, such as an image, it ends by itself. A document waits for its rest.
      clearTimeout(this.#rest);
      const giveUp = () => !this.#isWhole && this.#pendingAddress === undefined && this.#giveUpRest();
      this.#rest = setTimeout(() => this.guard(giveUp), restMs);
    }
  }

  /** Stops loading: the rest of the document does not come any more. */
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
    // A tab that has a document is saved with that one until the answer comes.
    const isEmpty = this.#pendingForm !== undefined || this.#shown.committed === '';
    this.#pendingForm = how?.postData && isEmpty ? { address, how } : undefined;
    // What goes wrong arrives as did-fail-provisional-load, with more to tell than the rejection has.
    this.contents.loadURL(address, how).catch(() => undefined);
    this.emit('changed');
  }

  /** Has Chromium injure the page's process, or its own: its debug addresses do that where others would load a page. */
  injureByChromium(address: string): void {
    this.emit('leaving', () => this.injureByChromium(address));
    this.#debugAddress = address;
    // It takes so much memory at once that no measurement comes in between.
    if (address === 'chrome://memory-exhaust/' && this.#pid !== null)
      intendedEnds.set(this.#pid, { kind: 'out-of-memory', attempted: true });
    this.contents.loadURL(address).catch(() => undefined); // it always fails
  }

  /** Loads the page again, in a new process where the old one has gone. History is kept. `anew`: without the cache. */
  reload({ anew = false } = {}): void {
    // Of a lost form there is only an address, which the user has to choose.
    if (this.#forms.lost) return;
    // What has come of an answer so far goes on coming while the user is asked.
    const isAnswer = this.#forms.isAnswer && (this.#failed || !this.contents.isWaitingForResponse());
    if (this.#pendingForm || isAnswer) this.note({ asksToResend: true });
    // Where it stands in the list it takes the place of what failed.
    else if (this.#failed && this.contents.getURL() !== this.#failedAddress) this.load(this.#failedAddress);
    else if (this.#restored && !this.#failed) this.loadRestored();
    else if (this.#shown.committed === '' && this.#shown.asked) this.load(this.#shown.asked);
    // A window whose page has not come: there is nothing that could be loaded again, and what is under way goes on.
    else if (!this.isEmpty) {
      this.emit('leaving', () => this.reload({ anew }));
      this.#shown.abandon();
      // What is under way is given up. Chromium then begins at once, or holds back a form that would be sent again.
      this.contents.stop();
      if (anew) this.contents.reloadIgnoringCache();
      else this.contents.reload();
      if (!this.contents.isWaitingForResponse()) this.note({ asksToResend: true });
    }
  }

  /** Answers whether the form may be sent again. */
  answerResend(accepted: boolean): void {
    if (!this.#health.asksToResend) return;
    this.note({ asksToResend: false });
    if (accepted) this.sendFormAgain();
  }

  /** Sends the form again that the present document answers, or that was not answered. */
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

  /** Runs what belongs to this tab alone. What it throws ends the tab, not the program. */
  guard(run: () => unknown): void {
    try {
      run();
    } catch (error) {
      this.endForFault(error);
    }
  }

  /** The same in a later turn: the runtime does not bear that its contents are acted upon inside some events. */
  guardLater(run: () => void): void {
    setImmediate(() => this.guard(run));
  }

  /** Ends the tab because Bulkhead has failed in what it did for it. */
  endForFault(error: unknown): void {
    console.error(`bulkhead: tab ${this.id} is ended for a fault of Bulkhead:`, error);
    if (this.#closed || this.#ended) return;
    this.#fault = messageOf(error);
    if (this.#pid !== null) this.kill('internal-error');
    else setImmediate(() => this.#ended ?? this.#markEnded(describeInternalError(this.#lastEnd)));
  }

  /** What Bulkhead's own fault was, where its process ended for one. */
  get fault(): string | null {
    return this.#ended?.kind === 'internal-error' ? this.#fault : null;
  }

  /** Ends the renderer process by SIGKILL. `because` is what the sad tab is to say; without it, that it was killed. */
  kill(because?: ProcessEnd['kind']): void {
    if (this.#pid === null || this.#ended) return;
    if (because && !intendedEnds.has(this.#pid)) intendedEnds.set(this.#pid, { kind: because, attempted: false });
    endProcess(this.#pid, 'SIGKILL');
  }

  /** Whoever opened it may close it: a tab that a person has closed before is left alone. */
  close(): void {
    if (this.#closed) return;
    // A page may take its time to leave, and a person may press again.
    if (!this.#closing) {
      this.#closing = true;
      this.emit('closing');
    }
    if (!this.isSlowed) void this.#takeDown();
    else void this.endFlood().then(() => this.#takeDown());
  }

  /**
   * Takes its contents down: from now on only their end is heard. A page that answers runs its last handlers before
   * (`pagehide`, `unload`), for it may save something there. Whether it objects (`beforeunload`) has been asked already.
   */
  async #takeDown(): Promise<void> {
    if (this.#closed) return;
    this.#goes = true;
    const gone = new Promise<void>((resolve) => this.once('closed', resolve));
    const answers = this.#connection?.responsive ?? false;
    this.#connection?.close();
    this.guard(() => (answers ? this.leavePage() : this.contents.close()));
    await Promise.race([gone, sleep(lastHandlersMs)]);
    this.guard(() => !this.#closed && this.contents.close());
  }

  /** Once its contents are taken down its page may ask for nothing more. */
  get goes(): boolean {
    return this.#goes;
  }

  /**
   * Has the page run its last handlers, and go. The runtime's own way takes that for an act of the user, by which the
   * page could write the clipboard; a debugger's command does not. Nor may the page open a window of the system to choose
   * files in, for which it may still have a gesture: that would outlive it, and keep input from the window.
   */
  leavePage(): void {
    const { debugger: commands } = this.contents;
    if (!commands.isAttached()) commands.attach();
    const send = (name: string, options = {}) => commands.sendCommand(name, options).catch(() => undefined);
    void send('Page.enable');
    void send('Page.setInterceptFileChooserDialog', { enabled: true });
    void send('Page.close');
  }

  /** The user, or the browser, has wanted it to be closed. */
  get closing(): boolean {
    return this.#closing;
  }

  /**
   * The tab as it was, when its page closed it and was not entitled to: a script closes what has nothing to go back to,
   * and Chromium does not know the list of an earlier session on every runtime.
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

  /** At once: a signal is no act on its contents, and what it has sent beyond this is dropped with its process. */
  #hasSpokenOutsidePort(name: string | symbol, args: readonly unknown[]): boolean {
    if (!isUndeclared(name, args)) return false;
    this.#endForBadMessage(outsidePort);
    return true;
  }

  #hears(name: string | symbol): boolean {
    if (name === 'close') this.#goes = true;
    return !this.#goes || endEvents.has(name);
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
    // The same again where no document has come. Where one has, it is shown as far as it goes, as in Chrome.
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
      // The runtime is still taking the process apart; acting on its contents now has crashed the browser.
      this.guardLater(() => {
        // By now every tab of that process has heard of its end.
        if (pid !== null) intendedEnds.delete(pid);
        this.#markEnded(end);
      });
    });
    contents.once('destroyed', () => {
      this.#closed = true;
      if (!this.#closing && !this.#windowGoes) this.#closedByPage = this.#listed();
      this.#icon.clear();
      this.#pid = null;
      this.#connection?.close();
      this.emit('closed');
    });
  }

  /** The runtime tells of a page and of its source by the same address. */
  #asSource(address: string): string {
    const source = sourceOf(address);
    return this.#shown.asked === source || this.contents.getURL() === source ? source : address;
  }

  /** The tab with its list of an earlier session, which outlives its contents; undefined where there is none. */
  #listed(): SavedTab | undefined {
    const current = {
      url: this.#shown.committed,
      title: this.#title,
      ...(this.#forms.isAnswer && { posted: true as const }),
    };
    const list = this.#history.around(current);
    return list && savedTabOf(list, { pinned: this.#pinned, address: current.url, title: current.title });
  }

  /** Another navigation of the main frame has begun; without an address, none is under way any more. */
  #isUnderWay(address: string | undefined): void {
    const before = this.#pendingAddress;
    this.#pendingAddress = address;
    if (before !== undefined) this.emit('arrived');
  }

  /** Did the document come of the navigation that is under way? It may be late: of the one before. */
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
    // A process that has been killed may still have sent this commit before: its end is yet to be told.
    if (this.#pid !== null && intendedEnds.get(this.#pid)?.attempted) intendedEnds.delete(this.#pid);
    this.#health = healthy;
    this.emit('committed');
    this.emit('awaited');
    this.emit('changed');
  }

  /** Its document listens now: it gets a port, and loses the port of the document before. */
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
      // A document that takes this one's place has a greeting on its way: it needs no port from here.
      setTimeout(() => {
        if (this.#connection === connection && this.#documents === document) this.guard(() => this.#replacePort(frame));
      }, greetingMs);
    });
    this.emit('awaited');
  }

  /** A living document has closed its port: it gets another one, as long as that does not become a habit. */
  #replacePort(frame: WebFrameMain): void {
    const now = performance.now();
    this.#lostPorts = [...this.#lostPorts.filter((at) => now - at < portLossesWithinMs), now];
    if (this.#lostPorts.length > mostPortLosses) this.#endForBadMessage('it closed its port again and again');
    else if (!frame.isDestroyed()) this.#openPort(frame);
  }

  #endForBadMessage(reason: string): void {
    if (this.#pid === null || intendedEnds.get(this.#pid)?.kind === 'bad-message') return;
    console.error(`bulkhead: tab ${this.id} (pid ${this.#pid}) is ended for a bad message: ${reason}`);
    this.kill('bad-message');
  }

  /**
   * What Chromium shows instead is no page of the tab's, and runs in a process that is nobody's. `lost`: there is no
   * more than the placeholder of a form's answer.
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
    if (this.#closed) return;
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

/** Why it is ended, for the log. */
const outsidePort = 'it spoke outside its port';

/** What a page stands on that has no colour of its own, in every theme. */
const pageColour = '#ffffff';

/** Everything that watches a tab listens to it: some twenty for the event that most listen to. More is a leak. */
const mostListeners = 32;

/** So many lost ports of one tab are an accident. */
const mostPortLosses = 3;
const portLossesWithinMs = 10_000;
/** Longest that the greeting of a new document is on its way behind the end of the port of the old one, ms. */
const greetingMs = 500;

/** Time that a page gets to find out by itself what the network has lost of it, ms. */
const restMs = 1000;

/** Events of contents that are taken down. By the first the runtime asks itself whether the page may go. */
const endEvents: ReadonlySet<string | symbol> = new Set(['-before-unload-fired', 'destroyed']);

/** Longest that a page is waited for that runs its last handlers, ms: Chromium itself waits as long. */
const lastHandlersMs = 500;

/** Longest that the end of a process is waited for that floods the browser, ms. */
const floodMs = 2000;

/** net::ERR_CACHE_MISS: what Chromium says when it would have to send a form again for a step back or forward. */
const cacheMiss = -400;

/** net::ERR_ABORTED: a navigation gave way to another one, or became a download. */
const aborted = -3;
