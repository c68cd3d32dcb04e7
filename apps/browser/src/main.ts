import { release } from 'node:os';
import path from 'node:path';
import { endWithin } from '@bulkhead/shared-memory/end-within';
import { app, Menu } from 'electron';
import { NetworkSandbox } from './app/network-sandbox.ts';
import { isOpenElsewhere, setAsideFalseLocks, setAsideUnreadable, whyNoProfile } from './app/profile-folder.ts';
import { whyNoSharedMemoryFolder } from './app/shared-memory-folder.ts';
import { chromeUserAgent } from './app/user-agent.ts';
import { logWarnings } from './app/warnings.ts';
import { weakeningSwitch } from './app/weakening-switches.ts';
import { Browser } from './browser.ts';
import { singletonFolderOf } from './cleanup/chromium-leftovers.ts';
import { liveAsVictim } from './cleanup/live-as-victim.ts';
import { fileOrigins } from './folders/file-policy.ts';
import { GuardThread } from './guard/guard-thread.ts';
import { endLog, keepLogIn, log, writeLogNow } from './log/log.ts';
import { parseCommandLine } from './runtime/command-line.ts';
import { collectGarbageUntilExit, endRenderers, exit } from './runtime/exit.ts';
import { registerInternalScheme } from './runtime/internal-protocol.ts';
import { driverAttached } from './runtime/playwright-attach.ts';
import { runtimeVersions } from './runtime/runtime-versions.ts';
import { messageOf, RunMarker } from './storage/crash-reports/run-marker.ts';
import { ProfileTroubles } from './storage/files/profile-troubles.ts';
import { LogFile } from './storage/log/log-file.ts';
import { Settings } from './storage/settings/settings.ts';
import { dropWorkerMessages } from './tabs/outside-port.ts';
import { SessionStore } from './tabs/session-store.ts';

// Steps that must run before Electron is ready; `Browser` does all others. Do not await at the top level: Electron
// emits `ready` only after this module has been evaluated.

const troubles = new ProfileTroubles();
let sessionStore: SessionStore | undefined;
let runMarker: RunMarker | undefined;
let running: Browser | undefined;
/** Undefined until `leave` is called. */
let exitCode: number | undefined;
/** Longest wait for an orderly end, ms. */
const leaveMs = 1000;
/** Longest time from the last step of this app's own code to the end of the process. */
const exitDeadlineSeconds = 8;

// Ignore EPIPE. The reader of the output may have ended; reporting that as a bug would write to the same closed pipe,
// fail again, and so on without end.
for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);

logWarnings();

// A bug in Bulkhead: log it once. Without this handler Electron would show a dialog and wait for a click.
process.on('uncaughtException', (error) => {
  log.error('the browser process has a bug and ends:', error);
  writeLogNow();
  runMarker?.note({
    victim: 'browser',
    reason: 'uncaught-exception',
    pid: process.pid,
    message: messageOf(error),
  });
  try {
    sessionStore?.finish(false);
  } catch {
    // The bug also affects the tabs. The session file that was written last is still there.
  }
  leave(70);
});

/**
 * Ends Bulkhead with this exit code, in the same order as when the user closes the window. Ends it immediately when it
 * is called again, or when the orderly end takes too long.
 */
function leave(code: number): void {
  if (exitCode !== undefined) exit(exitCode);
  else {
    exitCode = code;
    setTimeout(() => exit(code), leaveMs);
    quitUnasked();
  }
}

/** Quits without asking the user about unsaved data in pages: it is not the user who quits. */
function quitUnasked(): void {
  running?.closing.allow();
  app.quit();
}

const commandLine = parseCommandLine(ownArguments(), process.cwd());
if (commandLine.profile !== undefined) app.setPath('userData', commandLine.profile);

// Every Node child process reads NODE_OPTIONS and loads the files that it names.
delete process.env.NODE_OPTIONS;

// Read this before this start takes the lock.
const singletonBefore = singletonFolderOf(app.getPath('userData'));
if (setAsideFalseLocks(app.getPath('userData'))) troubles.unread('chromium', 'no-file', app.getPath('userData'));
const weakening = weakeningSwitch(app.commandLine);
if (weakening) {
  process.stderr.write(
    `bulkhead: refusing to start with ${weakening}: it turns off protection that Bulkhead relies on.\n` +
      '  What to do: start Bulkhead without this switch. Playwright needs the executable that `npm run -s where` prints.\n',
  );
  app.exit(1);
} else if (!app.requestSingleInstanceLock({ addresses: commandLine.addresses })) {
  const profile = app.getPath('userData');
  const reason =
    whyNoProfile(profile) ?? (isOpenElsewhere(profile) ? undefined : 'it cannot be locked: is the disk full?');
  if (reason === undefined) {
    process.stdout.write('bulkhead: this profile is already open; its window takes the addresses over.\n');
    app.exit(0);
  } else {
    process.stderr.write(
      `bulkhead: The profile cannot be kept in ${profile} (${reason}).\n` +
        '  What to do: make that folder writable and free some disk space, or choose another folder with --profile.\n',
    );
    app.exit(1);
  }
} else {
  registerInternalScheme();
  app.on('session-created', (session) => {
    // Otherwise Electron downloads a dictionary from Google at every start, even if spell checking is off.
    session.setSpellCheckerLanguages([]);
    dropWorkerMessages(session);
  });
  // Every session, frame and worker starts with this user agent.
  app.userAgentFallback = chromeUserAgent(process.versions.chrome, process.platform);
  // By default Chromium ends the whole app when its GPU process crashes several times in a row. Users of Bulkhead crash
  // it on purpose.
  app.commandLine.appendSwitch('disable-gpu-process-crash-limit');
  const networkSandbox = new NetworkSandbox(app.getPath('userData'), process.versions.electron, troubles);
  app.commandLine.appendSwitch(
    'enable-features',
    [
      // Lets the browser ask a hanging page for its JavaScript call stack, if this Electron supports it.
      'DocumentPolicyIncludeJSCallStacksInCrashReports',
      ...(process.platform === 'linux' && networkSandbox.isOn ? ['NetworkServiceSandbox'] : []),
    ].join(','),
  );
  const noFolder = whyNoSharedMemoryFolder();
  if (noFolder !== undefined) {
    log.warn(`Chromium keeps its shared memory in the folder for temporary files: ${noFolder}`);
    app.commandLine.appendSwitch('disable-dev-shm-usage');
  }
  // Electron 33 lets every page read the clipboard with `execCommand('paste')`, whatever its view's settings say, write
  // it with `copy` and `cut` without a user gesture, and close its window. With these settings a script can close only
  // a window that a script opened, or one without a history to go back in.
  app.commandLine.appendSwitch(
    'blink-settings',
    `DOMPasteAllowed=false,javaScriptCanAccessClipboard=false,allowScriptsToCloseWindows=false,${fileOrigins}`,
  );
  // Electron offers these APIs to pages but never answers the calls. A page that does not find them uses an
  // alternative.
  app.commandLine.appendSwitch('disable-blink-features', 'WebAuth,WebOTP,BackgroundFetch,EyeDropperAPI');
  // The window has its own controls, and building the default menu costs start-up time. Only macOS needs a menu:
  // without one it has no keys for copying, pasting and quitting.
  const isMac = process.platform === 'darwin';
  Menu.setApplicationMenu(isMac ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }]) : null);
  start(networkSandbox);
}

/** Returns the arguments after the app's path. Playwright may put switches of its own before that path. */
function ownArguments(): string[] {
  const [, ...args] = process.argv;
  if (!process.defaultApp) return args;
  const index = args.findIndex((arg) => !arg.startsWith('-') && path.resolve(arg) === app.getAppPath());
  return args.slice(index + 1);
}

function logVersions(): void {
  const { bulkhead, electron, chromium, node } = runtimeVersions();
  const system = `${process.platform} ${release()} ${process.arch}`;
  log.info(`starts: Bulkhead ${bulkhead}, Electron ${electron}, Chromium ${chromium}, Node ${node}, ${system}`);
}

function start(networkSandbox: NetworkSandbox): void {
  // While it exits, Chromium may wait for a stopped zygote without end, and the watchdog may have been killed.
  process.once('exit', () => endWithin(exitDeadlineSeconds));
  const out = path.join(import.meta.dirname, '..');
  const lessonHost = path.join(out, 'main/lesson-host.js');
  const { lab } = commandLine;
  if (lab) {
    void app
      .whenReady()
      .then(async () => (await import('./app/lab-command.ts')).runLab(lab, lessonHost))
      .then((held) => exit(held ? 0 : 1))
      .catch((error) => {
        log.error('the lab failed:', error);
        exit(1);
      });
    return;
  }
  const profile = app.getPath('userData');
  const logFile = new LogFile({ path: path.join(profile, 'log', 'bulkhead.log'), troubles });
  keepLogIn(logFile);
  logVersions();
  const guard = new GuardThread(path.join(out, 'main/process-guard.js'));
  // The drill shows only its own pages and restores no session.
  sessionStore = commandLine.drill ? undefined : new SessionStore(path.join(profile, 'session'), troubles);
  if (setAsideUnreadable(profile)) troubles.unread('chromium', 'no-file', profile);
  runMarker = new RunMarker(profile, runtimeVersions(), troubles);
  const marker = runMarker;
  const lastEnd = marker.begin();
  if (lastEnd) {
    const { pid, reason, message } = lastEnd;
    log.warn(`the last run (pid ${pid}) did not end properly: ${message ?? reason}`);
  }
  const settings = new Settings(profile, troubles);
  // Chromium's own texts use this language, and servers get it in Accept-Language. A change takes effect at the next
  // start.
  const { language } = settings.chosen;
  if (language !== 'system') app.commandLine.appendSwitch('lang', language === 'en' ? 'en-US' : language);
  const browser = Promise.all([app.whenReady(), driverAttached(process.argv)]).then(
    () =>
      new Browser({
        commandLine,
        sessionStore,
        settings,
        troubles,
        networkSandbox,
        logFile,
        runMarker: marker,
        singletonBefore,
        lastEnd,
        preloads: { tab: path.join(out, 'preload/tab.cjs'), internal: path.join(out, 'preload/internal.cjs') },
        rendererFolder: path.join(out, 'renderer'),
        pluginHost: path.join(out, 'main/plugin-host.js'),
        lessonHost,
        guard,
        strainGuard: path.join(out, 'main/strain-guard.js'),
      }),
  );
  void browser.then((ready) => {
    running = ready;
  });
  const { chaos } = commandLine;
  if (chaos) {
    browser
      .then(async (ready) => (await import('./drill/chaos.ts')).runChaos(ready, chaos))
      .then((held) => leave(held ? 0 : 1))
      .catch((error) => {
        log.error('the random run failed:', error);
        leave(1);
      });
  }
  const { drill } = commandLine;
  if (drill) {
    const outputFolder = commandLine.drillOutput ?? path.join(profile, 'drill');
    browser
      .then(async (ready) =>
        drill === 'self-check'
          ? (await import('./drill/self-check.ts')).runSelfCheck(ready)
          : (await import('./drill/drill.ts')).runDrill(ready, outputFolder, drill),
      )
      .then(({ ok }) => leave(ok ? 0 : 1))
      .catch((error) => {
        log.error('the drill failed:', error);
        leave(1);
      });
  }
  app.on('second-instance', (_event, _argv, _workingDirectory, data) => browser.then((ready) => ready.takeOver(data)));
  // Electron handles these signals itself until it is ready.
  void app.whenReady().then(() => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      // The user did not close the window, so the next start reopens its tabs. A second signal ends the process
      // immediately.
      process.once(signal, () => {
        log.info(`got ${signal}`);
        sessionStore?.finish(false);
        quitUnasked();
      });
    }
    if (commandLine.victimOf) liveAsVictim(commandLine.victimOf);
  });
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', () => {
    endRenderers();
    sessionStore?.finish(true);
    marker.end();
    running?.dispose();
    log.info(`ends with code ${exitCode ?? 0}`);
    endLog();
    if (exitCode) exit(exitCode);
    else collectGarbageUntilExit();
  });
}
