import path from 'node:path';
import { app, nativeTheme, session } from 'electron';
import * as v from 'valibot';
import { type NetworkSandbox, watchNetworkSandbox } from './app/network-sandbox.ts';
import { processNames } from './app/process-names.ts';
import { Watchdog } from './cleanup/watchdog.ts';
import { LeaveQuestions } from './dialogs/leave-questions.ts';
import { SignIn } from './dialogs/sign-in.ts';
import { TabQuestions } from './dialogs/tab-questions.ts';
import { WindowClosing } from './dialogs/window-closing.ts';
import { Downloads } from './downloads/downloads.ts';
import { FaultInjector } from './faults/fault-injector.ts';
import { serveFolders } from './folders/serve-folders.ts';
import { FramePath } from './frames/frame-path.ts';
import { TabSnapshots } from './frames/tab-snapshots.ts';
import type { GuardThread } from './guard/guard-thread.ts';
import { PageHosts } from './internal-pages/page-hosts.ts';
import { log } from './log/log.ts';
import { PageWindows } from './opening/page-windows.ts';
import { PopupSites } from './opening/popup-sites.ts';
import { StrainWatch } from './page-events/strain-watch.ts';
import { PluginProcess } from './plugins/plugin-process.ts';
import { ProcessSampler } from './processes/process-sampler.ts';
import { ServiceEnds } from './processes/service-ends.ts';
import { ServicePids } from './processes/service-pids.ts';
import type { CommandLine } from './runtime/command-line.ts';
import { internalPages, serveInternalPages } from './runtime/internal-protocol.ts';
import { spokenLanguage, tellLanguages } from './runtime/languages.ts';
import { runtimeVersions } from './runtime/runtime-versions.ts';
import { openBehindFirstPage } from './shell/open-behind-first-page.ts';
import { Shell } from './shell/shell.ts';
import { CrashReports, type NewCrashReport } from './storage/crash-reports/crash-reports.ts';
import type { RunMarker } from './storage/crash-reports/run-marker.ts';
import type { ProfileTroubles } from './storage/files/profile-troubles.ts';
import { History } from './storage/history/history.ts';
import type { LogFile } from './storage/log/log-file.ts';
import type { Settings } from './storage/settings/settings.ts';
import { HangWatch } from './supervision/hang/hang-watch.ts';
import { PageDialogs } from './supervision/hang/page-dialogs.ts';
import type { QuietProcesses } from './supervision/hang/quiet-processes.ts';
import { restHeartbeats } from './supervision/hang/rest-heartbeats.ts';
import { logProcesses } from './supervision/log-processes.ts';
import { MemoryLimit } from './supervision/memory/memory-limit.ts';
import { MemoryWatch } from './supervision/memory/memory-watch.ts';
import { MissingHelpers } from './supervision/notices/missing-helpers.ts';
import { noticeAside, noticeTroubles } from './supervision/notices/notice-troubles.ts';
import { Notices } from './supervision/notices/notices.ts';
import { reportTabEnds } from './supervision/notices/report-tab-ends.ts';
import { watchProcesses } from './supervision/notices/watch-processes.ts';
import { ProcessWatch } from './supervision/process-watch.ts';
import { ReloadLoops } from './supervision/reload-loops.ts';
import { FrameThrottles } from './supervision/subframes/frame-throttles.ts';
import { Subframes } from './supervision/subframes/subframes.ts';
import { watchZygote } from './supervision/zygote-watch.ts';
import { recordHistory } from './tabs/history-recorder.ts';
import { decidePermissions } from './tabs/permissions.ts';
import { ScrollPlaces } from './tabs/scroll-places.ts';
import type { SessionStore } from './tabs/session-store.ts';
import { Tab } from './tabs/tab.ts';
import { type StripTab, TabStrip } from './tabs/tab-strip.ts';
import { applySettings } from './window/apply-settings.ts';
import { BrowserWindow } from './window/browser-window.ts';
import { Commands, newTab } from './window/commands.ts';
import { FullScreen } from './window/full-screen.ts';
import { Leaving } from './window/leaving.ts';
import { shellHandlers } from './window/shell-handlers.ts';
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
  logFile: LogFile;
  /** The lesson host's script. */
  lessonHost: string;
  /** The thread that guards the other processes. */
  guard: GuardThread;
  /** The script of the thread that finds pages that strain the browser. */
  strainGuard: string;
  runMarker: RunMarker;
  /** Folder for the lock's socket that the previous start on this profile left behind; undefined if it removed it. */
  singletonBefore: string | undefined;
  /** How Bulkhead ended the last time; undefined if it ended normally. */
  lastEnd: NewCrashReport | undefined;
  /** Keeps the session and restores the last one. Undefined: nothing is kept or restored. */
  sessionStore: SessionStore | undefined;
}

const handedOver = v.object({ addresses: v.array(v.string()) });

/** Removes files and processes that a killed browser left behind. Nothing waits for it. */
async function removeLeftoversOf(profile: string, singletonBefore: string | undefined): Promise<void> {
  const { removeLeftovers } = await import('./cleanup/leftovers.ts');
  await removeLeftovers(profile, singletonBefore);
}

/** Heartbeat times. A drill waits for some heartbeats after each fault, so they come faster. */
const heartbeats = ({ drill, chaos }: CommandLine) => ({
  intervalMs: drill || chaos ? 50 : 1000,
  deadlineMs: drill ? 1000 : 3000,
});

/**
 * The browser process: creates the tabs, the shell, the plugin and all parts that watch them, and connects them. Only
 * `main.ts` imports it. Each part declares the few other parts that it needs.
 */
export class Browser {
  readonly strip: TabStrip;
  readonly shell: Shell;
  readonly window: BrowserWindow;
  readonly plugin: PluginProcess;
  readonly framePath: FramePath;
  readonly sampler: ProcessSampler;
  readonly popupSites: PopupSites;
  readonly pageWindows: PageWindows;
  readonly downloads: Downloads;
  readonly history: History;
  readonly sessionStore: SessionStore | undefined;
  readonly settings: Settings;
  readonly troubles: ProfileTroubles;
  readonly logFile: LogFile;
  readonly runMarker: RunMarker;
  readonly crashReports: CrashReports;
  /** The script that lesson processes run, absolute path. */
  readonly lessonHost: string;
  /** True in the fault drill: the window then shows everything that it can show. */
  readonly isDrill: boolean;
  /** Asks before the window closes. */
  readonly closing: WindowClosing;
  /** Questions that tabs ask the user. */
  readonly questions: TabQuestions;
  readonly services = new ServicePids();
  readonly notices = new Notices();
  readonly missing = new MissingHelpers(this.notices);
  readonly hangs: HangWatch;
  readonly memory: MemoryWatch;
  readonly memoryLimit: MemoryLimit;
  readonly subframes: Subframes;
  readonly frameThrottles: FrameThrottles;
  readonly snapshots: TabSnapshots;
  readonly faults: FaultInjector;
  readonly #processes: ProcessWatch;
  readonly #strain: StrainWatch;
  readonly #quiet: QuietProcesses | undefined;
  readonly #singletonBefore: string | undefined;
  readonly #commands: Commands;
  readonly #leaveQuestions: LeaveQuestions;
  readonly #leaving: Leaving;
  readonly #watchdog = new Watchdog(app.getPath('userData'), (error) => this.missing.say('watchdog', error));

  /** Undefined while no watchdog runs. */
  get watchdogPid(): number | undefined {
    return this.#watchdog.pid;
  }

  /** Call once Electron is ready. The first page starts before anything that it does not need. */
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
    logFile,
    runMarker,
    singletonBefore,
    lastEnd,
  }: BrowserOptions) {
    const profile = app.getPath('userData');
    const heartbeat = heartbeats(commandLine);
    this.sessionStore = sessionStore;
    this.lessonHost = lessonHost;
    this.settings = settings;
    this.troubles = troubles;
    this.logFile = logFile;
    this.runMarker = runMarker;
    this.isDrill = commandLine.drill !== undefined;
    this.#singletonBefore = singletonBefore;
    nativeTheme.themeSource = settings.chosen.theme;

    const tabSession = session.defaultSession;
    tellLanguages(tabSession, app.userAgentFallback, app.getLocale());
    const language = () => settings.chosen.language;
    serveInternalPages(tabSession, { rendererFolder, hosts: internalPages, language });
    serveFolders(tabSession, path.join(profile, 'folder-listings'), () => spokenLanguage(language(), app.getLocale()));
    decidePermissions(tabSession, {
      onPointerLock: (contents) => fullScreen.pointerLocked(contents),
      isLeaving: (contents) => this.strip.tabs.some((tab) => tab.goes && tab.contents === contents),
    });

    this.strip = new TabStrip({ session: tabSession, preload: preloads.tab, heartbeat });
    const { strip } = this;
    this.popupSites = new PopupSites(profile, troubles);
    this.pageWindows = new PageWindows(strip, {
      session: tabSession,
      preload: preloads.tab,
      sites: this.popupSites,
    });
    this.downloads = new Downloads(tabSession, strip, () => app.getPath('downloads'));
    this.history = new History({
      troubles,
      file: path.join(profile, 'history', 'visits.jsonl'),
      // A drill opens its pages itself: they are no visits of the user.
      keeps: () => settings.chosen.keepHistory && !commandLine.drill && !commandLine.chaos,
    });
    recordHistory(strip, this.history);
    this.plugin = new PluginProcess({
      name: 'frame-stats',
      entry: pluginHost,
      module: path.join(path.dirname(pluginHost), 'plugins/frame-stats.js'),
      guard,
    });
    this.framePath = new FramePath(strip, this.plugin);
    this.sampler = new ProcessSampler(process.pid, processNames(this));
    this.shell = new Shell({
      preload: preloads.internal,
      rendererFolder,
      language,
      handlers: () => shellHandlers(this, feed),
    });
    const { plugin, shell, services, notices, missing } = this;

    this.crashReports = new CrashReports({
      folder: path.join(profile, 'crash-reports'),
      versions: runtimeVersions(),
      keeps: () => settings.chosen.keepCrashReports,
      troubles,
    });
    noticeTroubles(troubles, notices);
    if (sessionStore) noticeAside(sessionStore, notices);
    this.memoryLimit = new MemoryLimit(settings);
    this.questions = new TabQuestions(strip);
    new PageDialogs(strip, this.questions);
    new SignIn(strip, this.questions);
    this.hangs = new HangWatch(strip, heartbeat.deadlineMs);
    // The drill counts every heartbeat.
    if (!this.isDrill)
      this.#quiet = restHeartbeats({
        strip,
        others: [shell, plugin],
        isWindowSeen: () => this.window.isSeen,
        showsBeats: () => feed.areBeatsFollowed,
      });
    this.subframes = new Subframes(strip, settings);
    new ReloadLoops(strip);
    this.memory = new MemoryWatch(strip, plugin, this.subframes, this.memoryLimit);
    this.snapshots = new TabSnapshots(strip);
    new ScrollPlaces(strip);
    this.faults = new FaultInjector({ plugin, shell, services, snapshots: this.snapshots });
    this.frameThrottles = new FrameThrottles(() => strip.tabs, this.subframes);
    this.#strain = new StrainWatch({
      pages: () => [...strip.tabs.map(({ throttle }) => throttle), ...this.frameThrottles.all()],
    });
    const noGuard = (error: unknown) => missing.say('process-guard', error);
    this.#processes = new ProcessWatch({
      services,
      shell,
      notices,
      watchdogPid: () => this.watchdogPid,
      guard,
      onZygoteGone: watchZygote(this),
      onMissing: noGuard,
    });
    this.#strain.start(strainGuard, noGuard);
    this.framePath.on('copied', (error) => missing.say('shared-memory', error));
    reportTabEnds(this);
    const ends = new ServiceEnds();
    logProcesses({ strip, plugin, shell, services, ends });
    watchProcesses({
      strip,
      plugin,
      shell,
      services,
      ends,
      notices,
      crashReports: this.crashReports,
      takeHungGpu: () => this.#processes.takeHung(),
    });
    watchNetworkSandbox(networkSandbox, ends, notices);
    if (lastEnd) this.crashReports.add(lastEnd);

    this.#leaveQuestions = new LeaveQuestions(strip, this.questions);
    this.closing = new WindowClosing(strip, {
      close: () => this.window.close(),
      downloads: () => this.downloads.running,
    });
    const feed = new WindowStateFeed(this);
    this.window = new BrowserWindow(shell, strip, {
      title: 'Bulkhead',
      show: commandLine.victimOf === undefined,
    });
    const fullScreen = new FullScreen(strip, this.window.base);
    new PageHosts(this);
    applySettings(this);
    const closeTab = (tab: StripTab) => this.closeTab(tab);
    this.#commands = new Commands({ strip, shell, window: this.window, fullScreen, sessionStore, closeTab });

    strip.on('emptied', (closedByPage) => {
      // While downloads run, the window stays open and asks whether to cancel them. It needs a tab for that.
      if (closedByPage || this.downloads.running > 0) this.#replaceLastTab();
      if (!closedByPage) this.window.close();
    });
    for (const [index, address] of commandLine.addresses.entries()) strip.open(address, { activate: index === 0 });
    if (sessionStore) this.#restore(sessionStore);
    if (!strip.active) strip.open(newTab);
    this.#leaving = new Leaving(this);
    // The shell draws the question, so it needs the keyboard.
    this.closing.on('changed', () => this.closing.question && shell.view?.webContents.focus());
    openBehindFirstPage(strip.active?.contents, () => this.#openShell());
  }

  /**
   * Opens the tabs of the last session. The run marker records that the first tab loads: if Bulkhead ends meanwhile,
   * the next start does not load that tab by itself and end again.
   */
  #restore(store: SessionStore): void {
    const { runMarker, settings, strip } = this;
    const held = runMarker.holds;
    const openEnded = settings.chosen.openLastSession;
    const loads = store.restores({ openEnded }) && held === null && strip.active === undefined;
    if (loads) runMarker.beginRestoring();
    store.begin(strip, { openEnded, held });
    if (loads) strip.tabs[0]?.contents.once('did-stop-loading', () => runMarker.endRestoring());
  }

  /** Opens a new tab after the last tab has closed itself: no page may end the browser. */
  #replaceLastTab(): void {
    // If the window closes, its tabs close with it, and no new tab is needed.
    setImmediate(() => {
      if (this.window.base.isDestroyed() || this.strip.all.length > 0) return;
      this.strip.open(newTab);
    });
  }

  #openShell(): void {
    const view = this.shell.open();
    this.#commands.listen(view.webContents);
    this.window.attachShell(view);
    this.shell.once('connected', () => {
      const { active } = this.strip;
      if (active?.address === newTab) this.shell.focusAddress(active.id);
    });
    view.webContents.once('did-stop-loading', () => this.#startTheRest());
  }

  /** Starts the parts that neither the first page nor the shell needs. */
  #startTheRest(): void {
    this.#commands.setMenu();
    this.logFile.begin();
    this.plugin.start();
    void this.#watchdog.start();
    removeLeftoversOf(app.getPath('userData'), this.#singletonBefore).catch((error) =>
      log.error('leftovers of an earlier start could not be removed:', error),
    );
  }

  /** Opens the addresses that a second start on the same profile handed over. */
  takeOver(data: unknown): void {
    const parsed = v.safeParse(handedOver, data);
    const addresses = parsed.success ? parsed.output.addresses : [];
    // A closing window cannot open them: the next start does.
    if (this.#leaving.hasBegun) this.#leaving.openNextTime(addresses);
    else {
      for (const address of addresses) this.strip.open(address);
      this.window.focus();
    }
  }

  dispose(): void {
    this.#watchdog.end();
    this.history.finish();
    this.downloads.dispose();
    this.crashReports.close();
    this.memory.dispose();
    this.#quiet?.dispose();
    this.#strain.dispose();
    this.#processes.end();
    this.framePath.dispose();
    this.plugin.dispose();
  }

  /** Closes a tab for the user. If its page may hold unsaved data, asks the user first. */
  closeTab(tab: StripTab): void {
    if (tab instanceof Tab) void this.#leaveQuestions.close(tab);
    else this.strip.close(tab);
  }
}
