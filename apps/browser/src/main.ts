import { tmpdir } from 'node:os';
import path from 'node:path';
import { endWithin } from '@bulkhead/shared-memory/end-within';
import { app, Menu } from 'electron';
import { NetworkSandbox } from './app/network-sandbox.ts';
import { isOpenElsewhere, setAsideFalseLocks, setAsideUnreadable, whyNoProfile } from './app/profile-folder.ts';
import { whyNoSharedMemoryFolder } from './app/shared-memory-folder.ts';
import { chromeUserAgent } from './app/user-agent.ts';
import { printWarnings } from './app/warnings.ts';
import { weakeningSwitch } from './app/weakening-switches.ts';
import { Browser } from './browser.ts';
import { singletonFolderOf } from './cleanup/chromium-leftovers.ts';
import { liveAsSubject } from './cleanup/live-as-victim.ts';
import { fileOrigins } from './folders/file-policy.ts';
import { GuardThread } from './guard/guard-thread.ts';
import { parseCommandLine } from './runtime/command-line.ts';
import { collectGarbageUntilExit, endRenderers, exit } from './runtime/exit.ts';
import { registerInternalScheme } from './runtime/internal-protocol.ts';
import { driverAttached } from './runtime/playwright-attach.ts';
import { runtimeVersions } from './runtime/runtime-versions.ts';
import { messageOf, RunMarker } from './storage/crash-reports/run-marker.ts';
import { ProfileTroubles } from './storage/files/profile-troubles.ts';
import { Settings } from './storage/settings/settings.ts';
import { dropWorkerMessages } from './tabs/outside-port.ts';
import { SessionStore } from './tabs/session-store.ts';

// What has to happen before the application is ready; everything else is Browser's. No await at the top level: `ready`
// comes only after this module has been evaluated.

const troubles = new ProfileTroubles();
let sessionStore: SessionStore | undefined;
let runMarker: RunMarker | undefined;
let running: Browser | undefined;
/** Once it is about to end. */
let exitCode: number | undefined;
/** Longest that an orderly end is waited for, ms. */
const leaveMs = 1000;
/** Longest time from the last step of this app's own code to the end of the process. */
const exitDeadlineSeconds = 8;

// Whoever read what is printed may have gone. Taken for a bug of ours it would be said to nobody, which is a bug again,
// without end and before anything else has its turn.
for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);

printWarnings();

// A bug of ours: said once, where it can be read, and no dialog that waits for somebody to press a button.
process.on('uncaughtException', (error) => {
  process.stderr.write(`bulkhead: the browser process has a bug and ends: ${error.stack ?? error}\n`);
  runMarker?.note({
    victim: 'browser',
    reason: 'uncaught-exception',
    pid: process.pid,
    message: messageOf(error),
  });
  try {
    sessionStore?.finish(false);
  } catch {
    // The bug has reached the tabs, too: what was written last is still there.
  }
  leave(70);
});

/**
 * Ends the program with this code in the order in which it ends when a person closes the window. At once all the same
 * when something fails on the way, or takes too long.
 */
function leave(code: number): void {
  if (exitCode !== undefined) exit(exitCode);
  else {
    exitCode = code;
    setTimeout(() => exit(code), leaveMs);
    quitUnasked();
  }
}

/** Quits without asking the user about what pages may hold: it is not the user who quits. */
function quitUnasked(): void {
  running?.closing.allow();
  app.quit();
}

const commandLine = parseCommandLine(ownArguments(), process.cwd());
if (commandLine.profile !== undefined) app.setPath('userData', commandLine.profile);

// Node reads it in every child process, and would load there what it names.
delete process.env.NODE_OPTIONS;

// Before this start takes the lock.
const singletonBefore = singletonFolderOf(app.getPath('userData'));
if (setAsideFalseLocks(app.getPath('userData'))) troubles.unread('chromium', 'no-file', app.getPath('userData'));
const weakening = weakeningSwitch(app.commandLine);
if (weakening) {
  process.stderr.write(
    `bulkhead: refusing to start with ${weakening}: it takes walls away that everything here stands on.\n` +
      '  What to do: start it by `npm start`, or launch the executable that `npm run -s where` prints.\n',
  );
  app.exit(1);
} else if (!app.requestSingleInstanceLock({ addresses: commandLine.addresses })) {
  const profile = app.getPath('userData');
  const reason =
    whyNoProfile(profile) ?? (isOpenElsewhere(profile) ? undefined : 'it cannot be locked: is the disk full?');
  if (reason === undefined) {
    process.stdout.write('bulkhead: this profile is open already; its window takes the addresses over.\n');
    app.exit(0);
  } else {
    process.stderr.write(
      `bulkhead: The profile cannot be kept in ${profile} (${reason}).\n` +
        '  What to do: make that folder writable and give it room, or name another one by --profile.\n',
    );
    app.exit(1);
  }
} else {
  registerInternalScheme();
  app.on('session-created', (session) => {
    // The runtime would fetch a dictionary from its maker at every start, even where spell checking is switched off.
    session.setSpellCheckerLanguages([]);
    dropWorkerMessages(session);
  });
  // Every session, frame and worker begins with it.
  app.userAgentFallback = chromeUserAgent(process.versions.chrome, process.platform);
  // Chromium ends the whole program when its GPU process ends some times in a row: here that is what people come for.
  app.commandLine.appendSwitch('disable-gpu-process-crash-limit');
  const networkSandbox = new NetworkSandbox(app.getPath('userData'), process.versions.electron, troubles);
  app.commandLine.appendSwitch(
    'enable-features',
    [
      // Lets the browser ask a page that hangs for what its JavaScript is doing, where the runtime can.
      'DocumentPolicyIncludeJSCallStacksInCrashReports',
      ...(process.platform === 'linux' && networkSandbox.isOn ? ['NetworkServiceSandbox'] : []),
    ].join(','),
  );
  const noFolder = whyNoSharedMemoryFolder();
  if (noFolder !== undefined) {
    console.error(`bulkhead: Chromium keeps its shared memory in ${tmpdir()}: ${noFolder}`);
    app.commandLine.appendSwitch('disable-dev-shm-usage');
  }
  // Electron 33 lets every page read the clipboard by `execCommand('paste')`, whatever is set for its view, write it by
  // `copy` and `cut` without a gesture, and close its window. Here a script closes only what a script has opened, or what
  // has nothing to go back to.
  app.commandLine.appendSwitch(
    'blink-settings',
    `DOMPasteAllowed=false,javaScriptCanAccessClipboard=false,allowScriptsToCloseWindows=false,${fileOrigins}`,
  );
  // The runtime offers these to pages, and then never answers. Pages that do not find them use something else.
  app.commandLine.appendSwitch('disable-blink-features', 'WebAuth,WebOTP,BackgroundFetch,EyeDropperAPI');
  // The window has controls of its own, and building the default menu costs start-up time. Only macOS has no keys for
  // copying, pasting and quitting without a menu that has them.
  const isMac = process.platform === 'darwin';
  Menu.setApplicationMenu(isMac ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }]) : null);
  start(networkSandbox);
}

/** What stands behind the application's path. A driver may have put switches of its own in front of it. */
function ownArguments(): string[] {
  const [, ...args] = process.argv;
  if (!process.defaultApp) return args;
  const index = args.findIndex((arg) => !arg.startsWith('-') && path.resolve(arg) === app.getAppPath());
  return args.slice(index + 1);
}

function start(networkSandbox: NetworkSandbox): void {
  // Chromium may then wait for a stopped zygote without end, and the watchdog may have been killed.
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
        console.error('bulkhead: the lab broke off:', error);
        exit(1);
      });
    return;
  }
  const guard = new GuardThread(path.join(out, 'main/process-guard.js'));
  // The drill shows its own pages, whatever else was open.
  sessionStore = commandLine.drill
    ? undefined
    : new SessionStore(path.join(app.getPath('userData'), 'session'), troubles);
  if (setAsideUnreadable(app.getPath('userData'))) troubles.unread('chromium', 'no-file', app.getPath('userData'));
  runMarker = new RunMarker(app.getPath('userData'), runtimeVersions(), troubles);
  const marker = runMarker;
  const lastEnd = marker.begin();
  const settings = new Settings(app.getPath('userData'), troubles);
  // Chromium's own texts have this language, and pages are asked for it. Another choice counts from the next start on.
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
        console.error('bulkhead: the random run broke off:', error);
        leave(1);
      });
  }
  if (commandLine.drill) {
    const outputFolder = commandLine.drillOutput ?? path.join(app.getPath('userData'), 'drill');
    browser
      .then(async (ready) =>
        commandLine.drill === 'full'
          ? (await import('./drill/full-drill.ts')).runFullDrill(ready, outputFolder)
          : (await import('./drill/drill.ts')).runDrill(ready, outputFolder),
      )
      .then(({ ok }) => leave(ok ? 0 : 1))
      .catch((error) => {
        console.error('bulkhead: the drill broke off:', error);
        leave(1);
      });
  }
  app.on('second-instance', (_event, _argv, _workingDirectory, data) => browser.then((ready) => ready.takeOver(data)));
  // The runtime takes the signals for itself until it is ready.
  void app.whenReady().then(() => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      // Not a person who closes the window: the next start opens its tabs again. The second signal ends it at once.
      process.once(signal, () => {
        sessionStore?.finish(false);
        quitUnasked();
      });
    }
    if (commandLine.subjectOf) liveAsSubject(commandLine.subjectOf);
  });
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', () => {
    endRenderers();
    sessionStore?.finish(true);
    marker.end();
    running?.dispose();
    if (exitCode) exit(exitCode);
    else collectGarbageUntilExit();
  });
}
