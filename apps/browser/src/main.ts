import path from 'node:path';
import { app, Menu } from 'electron';
import { Browser } from './browser.ts';
import { parseCommandLine } from './command-line.ts';
import { registerInternalScheme } from './internal-pages.ts';

// What has to happen before the application is ready; everything else is Browser's. No await at the top level: `ready`
// comes only after this module has been evaluated.

// A bug of ours: said once, where it can be read, and no dialog that waits for somebody to press a button.
process.on('uncaughtException', (error) => {
  process.stderr.write(`bulkhead: the browser process has a bug and ends: ${error.stack ?? error}\n`);
  app.exit(70);
});

const commandLine = parseCommandLine(ownArguments(), process.cwd());
if (commandLine.profile !== undefined) app.setPath('userData', commandLine.profile);

if (app.commandLine.hasSwitch('no-sandbox')) {
  process.stderr.write(
    'bulkhead: refusing to start with --no-sandbox: nothing here is worth seeing without the sandbox.\n' +
      'Start it by `npm start`, or launch the executable that `npm run -s where` prints: it takes the switch out.\n',
  );
  app.exit(1);
} else if (!app.requestSingleInstanceLock({ addresses: commandLine.addresses })) {
  process.stdout.write('bulkhead: this profile is open already; its window takes the addresses over.\n');
  app.exit(0);
} else {
  registerInternalScheme();
  // The window has controls of its own, and building the default menu costs start-up time.
  Menu.setApplicationMenu(null);
  start();
}

/** What stands behind the application's path. A driver may have put switches of its own in front of it. */
function ownArguments(): string[] {
  const [, ...args] = process.argv;
  if (!process.defaultApp) return args;
  const index = args.findIndex((arg) => !arg.startsWith('-') && path.resolve(arg) === app.getAppPath());
  return args.slice(index + 1);
}

function start(): void {
  const out = path.join(import.meta.dirname, '..');
  const browser = app.whenReady().then(
    () =>
      new Browser({
        commandLine,
        preloads: { tab: path.join(out, 'preload/tab.cjs'), internal: path.join(out, 'preload/internal.cjs') },
        rendererFolder: path.join(out, 'renderer'),
        pluginHost: path.join(out, 'main/plugin-host.js'),
      }),
  );
  if (commandLine.drill) {
    const outputFolder = commandLine.drillOutput ?? path.join(app.getPath('userData'), 'drill');
    browser
      .then(async (ready) => (await import('./drill/drill.ts')).runDrill(ready, outputFolder))
      .then(({ ok }) => app.exit(ok ? 0 : 1))
      .catch((error) => {
        console.error('bulkhead: the drill broke off:', error);
        app.exit(1);
      });
  }
  app.on('second-instance', (_event, _argv, _workingDirectory, data) => browser.then((ready) => ready.takeOver(data)));
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', () => browser.then((ready) => ready.dispose()));
}
