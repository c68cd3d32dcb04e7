import path from 'node:path';
import { app, nativeTheme, session, type WebContents } from 'electron';
import * as v from 'valibot';
import { argumentsOfNextStart } from './app/application-arguments.ts';
import type { CommandLine } from './app/command-line.ts';
import { spokenLanguage, tellLanguages } from './app/languages.ts';
import type { NetworkSandbox } from './app/network-sandbox.ts';
import { Watchdog } from './cleanup/watchdog.ts';
import { LeaveQuestions } from './dialogs/leave-questions.ts';
import { WindowClosing } from './dialogs/window-closing.ts';
import { Downloads } from './downloads/downloads.ts';
import { serveFolders } from './folders/serve-folders.ts';
import { FramePath } from './frames/frame-path.ts';
import { internalPages, serveInternalPages } from './internal-pages/internal-pages.ts';
import { PageHosts } from './internal-pages/page-hosts.ts';
import { Isolation } from './isolation.ts';
import { PageWindows } from './opening/page-windows.ts';
import { PopupSites } from './opening/popup-sites.ts';
import { PluginProcess } from './plugins/plugin-process.ts';
import { processNames } from './processes/process-names.ts';
import { ProcessSampler } from './processes/process-sampler.ts';
import { Shell } from './shell/shell.ts';
import { shellHandlers } from './shell/shell-handlers.ts';
import type { NewCrashReport } from './storage/crash-reports/crash-reports.ts';
import type { RunMarker } from './storage/crash-reports/run-marker.ts';
import type { ProfileTroubles } from './storage/files/profile-troubles.ts';
import { History } from './storage/history/history.ts';
import { recordHistory } from './storage/history/history-recorder.ts';
import type { SessionStore } from './storage/session/session-store.ts';
import type { Settings } from './storage/settings/settings.ts';
import { SettingsInForce } from './storage/settings/settings-in-force.ts';
import type { GuardThread } from './supervision/guard/guard-thread.ts';
import { endPictures } from './tabs/page-picture.ts';
import { decidePermissions } from './tabs/permissions.ts';
import { Tab } from './tabs/tab.ts';
import { type StripTab, TabStrip } from './tabs/tab-strip.ts';
import { BrowserWindow } from './window/browser-window.ts';
import { FullScreen } from './window/full-screen.ts';
import { type KeyEvent, KeyPresses } from './window/key-presses.ts';
import { runPageCommand } from './window/page-commands.ts';
import { setShortcutMenu } from './window/shortcut-menu.ts';
import { type Command, commandFor, repeats } from './window/shortcuts.ts';
import { WindowStateFeed } from './window/window-state-feed.ts';

export interface BrowserOptions {
  commandLine: CommandLine;
  /** Absolute paths of the built preloads. */
  preloads: { tab: string; internal: string };
  /** Folder that the renderers were built into. */
  rendererFolder: string;
  /** The plugin host's script. */
  pluginHost: string;
  settings: Settings;
  /** Parts of the profile that could not be read or written. */
  troubles: ProfileTroubles;
  networkSandbox: NetworkSandbox;
  /** The lesson host's script. */
  lessonHost: string;
  /** The thread that guards the other processes. */
  guard: GuardThread;
  /** The script of the thread that finds pages that strain the browser. */
  strainGuard: string;
  runMarker: RunMarker;
  /** The folder that the previous start on this profile left for the socket of its lock; undefined if it removed it. */
  singletonBefore: string | undefined;
  /** How the program ended the last time, where that was not as it should. */
  lastEnd: NewCrashReport | undefined;
  /** Keeps the session and has what is left of the last one; without it nothing is kept or restored. */
  sessionStore: SessionStore | undefined;
}

const newTab = 'bulkhead://newtab/';

const handedOver = v.object({ addresses: v.array(v.string()) });

/** Longest that the interface waits for each of the first page's two steps, ms. */
const shellDelayMs = 200;

/** What a killed browser may have left. It is in nobody's way: the first page need not wait for it. */
async function removeLeftoversOf(profile: string, singletonBefore: string | undefined): Promise<void> {
  const { removeLeftovers } = await import('./cleanup/leftovers.ts');
  await removeLeftovers(profile, singletonBefore);
}

/** The drill wants to know of short silences, too. */
const heartbeats = ({ drill }: CommandLine) =>
  drill ? { intervalMs: 50, deadlineMs: 1000 } : { intervalMs: 1000, deadlineMs: 3000 };

/** The browser process: owns the window, the tabs, the plugins, the shared memory and every port between them. */
export class Browser {
  readonly strip: TabStrip;
  readonly shell: Shell;
  readonly window: BrowserWindow;
  readonly plugin: PluginProcess;
  readonly sampler: ProcessSampler;
  readonly framePath: FramePath;
  readonly sessionStore: SessionStore | undefined;
  readonly isolation: Isolation;
  readonly popupSites: PopupSites;
  readonly pageWindows: PageWindows;
  readonly settings: Settings;
  readonly troubles: ProfileTroubles;
  readonly networkSandbox: NetworkSandbox;
  /** The script that lesson processes run, absolute path. */
  readonly lessonHost: string;
  readonly history: History;
  readonly downloads: Downloads;
  readonly runMarker: RunMarker;
  /** The fault drill runs, for which the window shows what it can. */
  readonly isDrill: boolean;
  readonly #singletonBefore: string | undefined;
  readonly #keyPresses = new KeyPresses();
  /** Asks before the window closes. */
  readonly closing: WindowClosing;
  readonly #leaving: LeaveQuestions;
  readonly #fullScreen: FullScreen;
  /** They leave when the window closes. */
  #pages: 'there' | 'leaving' | 'gone' = 'there';
  /** Addresses that were handed over while the window closed; undefined when nothing was. */
  #forNextStart: string[] | undefined;
  readonly #watchdog = new Watchdog(app.getPath('userData'), (error) => this.isolation.missing.say('watchdog', error));

  /** Undefined while there is none. */
  get watchdogPid(): number | undefined {
    return this.#watchdog.pid;
  }

  /** Call once the application is ready. The first page is on its way before anything else is. */
  constructor({
    commandLine,
    preloads,
    rendererFolder,
    pluginHost,
    lessonHost,
    guard,
    strainGuard,
    sessionStore,
    settings,
    troubles,
    networkSandbox,
    runMarker,
    singletonBefore,
    lastEnd,
  }: BrowserOptions) {
    this.sessionStore = sessionStore;
    this.lessonHost = lessonHost;
    this.settings = settings;
    this.troubles = troubles;
    this.networkSandbox = networkSandbox;
    this.runMarker = runMarker;
    this.isDrill = commandLine.drill !== undefined;
    this.#singletonBefore = singletonBefore;
    nativeTheme.themeSource = settings.chosen.theme;
    const tabSession = session.defaultSession;
    tellLanguages(tabSession, app.userAgentFallback, app.getLocale());
    const language = () => settings.chosen.language;
    serveInternalPages(tabSession, { rendererFolder, hosts: internalPages, language });
    serveFolders(tabSession, path.join(app.getPath('userData'), 'folder-listings'), () =>
      spokenLanguage(language(), app.getLocale()),
    );
    decidePermissions(tabSession, {
      onPointerLock: (contents) => this.#fullScreen.pointerLocked(contents),
      isLeaving: (contents) => this.strip.tabs.some((tab) => tab.goes && tab.contents === contents),
    });

    this.strip = new TabStrip({ session: tabSession, preload: preloads.tab, heartbeat: heartbeats(commandLine) });
    this.popupSites = new PopupSites(app.getPath('userData'), troubles);
    this.pageWindows = new PageWindows(this.strip, {
      session: tabSession,
      preload: preloads.tab,
      sites: this.popupSites,
    });
    this.downloads = new Downloads(tabSession, this.strip, () => app.getPath('downloads'));
    this.history = new History({
      troubles,
      file: path.join(app.getPath('userData'), 'history', 'visits.jsonl'),
      // What a drill opens is nothing that a person visited.
      keeps: () => settings.chosen.keepHistory && !commandLine.drill && !commandLine.chaos,
    });
    recordHistory(this.strip, this.history);
    this.plugin = new PluginProcess({
      name: 'frame-stats',
      entry: pluginHost,
      module: path.join(path.dirname(pluginHost), 'plugins/frame-stats.js'),
      guard,
    });
    this.framePath = new FramePath(this.strip, this.plugin);
    this.sampler = new ProcessSampler(process.pid, processNames(this));
    this.shell = new Shell({
      preload: preloads.internal,
      rendererFolder,
      language,
      handlers: () => shellHandlers(this, feed),
    });
    this.isolation = new Isolation(this, {
      deadlineMs: heartbeats(commandLine).deadlineMs,
      guard,
      strainGuard,
      isWindowSeen: () => this.window.isSeen,
      showsBeats: () => feed.areBeatsFollowed,
    });
    if (lastEnd) this.isolation.crashReports.add(lastEnd);
    this.#leaving = new LeaveQuestions(this.strip, this.isolation.questions);
    this.closing = new WindowClosing(this.strip, {
      close: () => this.window.close(),
      downloads: () => this.downloads.running,
    });
    const feed = new WindowStateFeed(this);
    this.window = new BrowserWindow(this.shell, this.strip, {
      title: 'Bulkhead',
      show: commandLine.subjectOf === undefined,
    });
    this.#fullScreen = new FullScreen(this.strip, this.window.base);
    new PageHosts(this);
    new SettingsInForce(this);

    this.strip.on('added', (tab) => {
      this.#listenForKeys(tab.contents);
      stopOnEscape(tab);
    });
    this.window.base.on('blur', () => this.#keyPresses.release());
    this.strip.on('emptied', (closedByPage) => {
      // The window stays for the question whether to lose the downloads, and needs a tab then.
      if (closedByPage || this.downloads.running > 0) this.#replaceLastTab();
      if (!closedByPage) this.window.close();
    });

    for (const [index, address] of commandLine.addresses.entries()) {
      this.strip.open(address, { activate: index === 0 });
    }
    if (sessionStore) this.#restore(sessionStore);
    if (!this.strip.active) this.strip.open(newTab);
    this.window.base.on('close', (event) => {
      if (this.#endFloods() || !this.closing.mayClose() || this.#endPictures() || this.#leavePages())
        event.preventDefault();
    });
    // The question stands in the interface.
    this.closing.on('changed', () => this.closing.question && this.shell.view?.webContents.focus());
    this.#openShellBehindFirstPage();
  }

  /** Opens the tabs of the last session. An end while the first of them loads would come again at the next start. */
  #restore(store: SessionStore): void {
    const { runMarker, settings, strip } = this;
    const held = runMarker.holds;
    const openEnded = settings.chosen.openLastSession;
    const loads = store.restores({ openEnded }) && held === null && strip.active === undefined;
    if (loads) runMarker.beginRestoring();
    store.begin(strip, { openEnded, held });
    if (loads) strip.tabs[0]?.contents.once('did-stop-loading', () => runMarker.endRestoring());
  }

  /** The last tab has closed itself. No page may end the program. */
  #replaceLastTab(): void {
    // With the window its tabs go, too: then there is no place for another one.
    setImmediate(() => {
      if (this.window.base.isDestroyed() || this.strip.all.length > 0) return;
      this.strip.open(newTab);
    });
  }

  /** Before the window closes: true when there are pages that flood the browser. It closes when they have ended. */
  #endFloods(): boolean {
    const flooding = this.strip.tabs.filter((tab) => tab.isSlowed);
    if (flooding.length === 0) return false;
    void Promise.all(flooding.map((tab) => tab.endFlood())).then(() => this.window.close());
    return true;
  }

  /** Before the window closes: true while pictures of pages are being taken. It closes when they are there. */
  #endPictures(): boolean {
    const ended = endPictures();
    void ended?.then(() => {
      this.closing.allow();
      this.window.close();
    });
    return ended !== undefined;
  }

  /** Before the window closes: true while its pages run their last handlers. It closes when they have, or are late. */
  #leavePages(): boolean {
    if (this.#pages === 'there') {
      this.#pages = 'leaving';
      this.sessionStore?.freeze();
      // A person has closed it, and need not see its tabs go.
      this.window.base.hide();
      void this.strip.leave().then(() => {
        this.#pages = 'gone';
        this.window.close();
      });
    }
    return this.#pages !== 'gone';
  }

  /** What a person waits for neither at the first page nor at the interface. */
  #startTheRest(): void {
    setShortcutMenu(this.window.base, (key, command) => this.#takeKey(key, command));
    this.plugin.start();
    void this.#watchdog.start();
    removeLeftoversOf(app.getPath('userData'), this.#singletonBefore).catch((error) =>
      console.error('bulkhead: what an earlier start left could not be removed:', error),
    );
  }

  /**
   * The page that a person asked for comes first: the interface's process starts when that page's process has its
   * document, or when it takes long.
   */
  #openShellBehindFirstPage(): void {
    const first = this.strip.active?.contents;
    const open = () => {
      clearTimeout(timer);
      first?.off('did-navigate', waitOn);
      first?.off('did-stop-loading', open);
      const view = this.shell.open();
      this.#listenForKeys(view.webContents);
      this.window.attachShell(view);
      this.shell.once('connected', () => {
        const { active } = this.strip;
        if (active?.address === newTab) this.shell.focusAddress(active.id);
      });
      view.webContents.once('did-stop-loading', () => this.#startTheRest());
    };
    const waitOn = () => {
      clearTimeout(timer);
      timer = setTimeout(open, shellDelayMs);
    };
    // Once for its server to answer, once more for the page to load: a slow one is not waited for.
    let timer = setTimeout(open, shellDelayMs);
    first?.once('did-navigate', waitOn);
    first?.once('did-stop-loading', open);
  }

  /** A second start on the same profile hands its addresses over and ends. */
  takeOver(data: unknown): void {
    const parsed = v.safeParse(handedOver, data);
    const addresses = parsed.success ? parsed.output.addresses : [];
    if (this.#pages === 'there') {
      for (const address of addresses) this.strip.open(address);
      this.window.focus();
      return;
    }
    // This window is on its way out: the next one takes them. Each call of `relaunch` would start one more program.
    if (!this.#forNextStart) app.once('will-quit', () => this.#startAgain());
    this.#forNextStart = [...(this.#forNextStart ?? []), ...addresses];
  }

  #startAgain(): void {
    app.relaunch({ args: [...argumentsOfNextStart(), ...(this.#forNextStart ?? [])] });
  }

  dispose(): void {
    this.#watchdog.end();
    this.history.finish();
    this.downloads.dispose();
    this.isolation.dispose();
    this.framePath.dispose();
    this.plugin.dispose();
  }

  /** Closes a tab for the user. A page that may hold something that would be lost is asked about first. */
  closeTab(tab: StripTab): void {
    if (tab instanceof Tab) void this.#leaving.close(tab);
    else this.strip.close(tab);
  }

  run(command: Command): void {
    const { active } = this.strip;
    if (command.name === 'new-tab') {
      this.shell.focusAddress(this.strip.open(newTab).id);
    } else if (command.name === 'next-tab') this.#goToTab(() => this.strip.step(1));
    else if (command.name === 'previous-tab') this.#goToTab(() => this.strip.step(-1));
    else if (command.name === 'select-tab') this.#goToTab(() => this.strip.select(command.index));
    else if (command.name === 'reopen') this.sessionStore?.reopen();
    else if (command.name === 'full-screen') this.#fullScreen.toggle();
    else if (command.name === 'show-processes') this.strip.open('bulkhead://processes/');
    else if (command.name === 'show-history') this.strip.open('bulkhead://history/');
    else if (!active) return;
    else if (command.name === 'focus-address') this.shell.focusAddress(active.id);
    else if (command.name === 'close-tab') this.closeTab(active);
    else if (command.name === 'reload') active.reload();
    else if (command.name === 'back') active.goBack();
    else if (command.name === 'forward') active.goForward();
    else runPageCommand(command.name, active, this.strip);
  }

  /** As in Chrome, the keyboard goes to the page, but on a new tab's, where an address is waited for. */
  #goToTab(go: () => void): void {
    const before = this.strip.active;
    go();
    const { active } = this.strip;
    if (active && active !== before && active.address !== newTab) this.window.focusPage();
  }

  #listenForKeys(contents: WebContents): void {
    contents.on('before-input-event', (event, input) => {
      if (this.shell.sendsKey) return;
      const command = commandFor(input);
      if (command) event.preventDefault();
      this.#takeKey(input, command);
    });
  }

  #takeKey({ type, code, isAutoRepeat }: KeyEvent, command: Command | undefined): void {
    if (command && repeats(command)) {
      this.run(command);
      return;
    }
    const key = { type, code, isAutoRepeat, command: command && JSON.stringify(command) };
    this.#keyPresses.take(key, () => command && this.run(command));
  }
}

/** In a page that loads, Escape stops it, unless it gets it out of full screen. The page gets the key, too. */
function stopOnEscape(tab: Tab): void {
  tab.contents.on('before-input-event', (_event, { type, key }) => {
    if (type !== 'keyDown' || key !== 'Escape' || tab.health.fullScreen) return;
    if (tab.contents.isLoadingMainFrame()) tab.stop();
  });
}
