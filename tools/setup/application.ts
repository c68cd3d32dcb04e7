import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { SetupFailure } from '../bootstrap/failure.mjs';
import { checkout } from '../checkout.ts';
import { ended, start } from './child.ts';
import { withSignalHandler } from './exit.ts';
import type { Launchable } from './launcher.ts';

/** Chromium's notes for its developers, such as a missing session bus or a dead peer. FATAL notes are shown. */
export const CHROMIUM_NOTE = /^\[\d+:\d{4}\/[\d.]+:(INFO|WARNING|ERROR):[\w.]+\(\d+\)\]/;

const NO_DISPLAY = /Missing X server|cannot open display/i;
const NOT_ADMITTED = /Authorization required|No protocol specified/i;

export interface ApplicationOptions {
  /** Folder of the app: its package.json, and what that names. Default: the checkout. */
  readonly folder?: string;
  /** Electron's own switches. */
  readonly switches?: readonly string[];
  /** Added to this process's own. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Is given each line that the app prints on stderr. */
  readonly onLine?: (line: string) => void;
  /** Is given each line that the app prints on stdout. With it, nothing that the app prints is shown. */
  readonly onOutput?: (line: string) => void;
}

export interface Application {
  readonly child: ChildProcess;
  /**
   * Its exit code, or 128 plus the number of the signal that ended it; rejects with SetupFailure when there is no display
   * that it can use.
   */
  readonly ended: Promise<number>;
}

/** Starts the app as an ordinary user, in its sandbox. It ends with this process. */
export function startApplication(
  { launchers, account }: Launchable,
  args: readonly string[],
  { folder = checkout, switches = [], environment = {}, onLine = () => undefined, onOutput }: ApplicationOptions = {},
): Application {
  const child = start(launchers.electron, [...switches, folder, ...args], {
    stdio: ['ignore', onOutput ? 'pipe' : 'inherit', 'pipe'],
    // An interrupt from the terminal reaches it once, through this process. (On Windows it would get its own console.)
    detached: process.platform !== 'win32',
    env: { ...process.env, ...environment, BULKHEAD_END_WITH_PARENT: '1' },
  });
  if (onOutput && child.stdout) createInterface({ input: child.stdout }).on('line', onOutput);
  const said = passOn(child.stderr, onLine, !onOutput);
  const end = async () => {
    const { code, signal } = await ended(child);
    if (code !== 0 && said.notAdmitted && account) throw notAdmitted(account.name);
    if (code !== 0 && said.noDisplay) throw noDisplay();
    return signal ? 128 + constants.signals[signal] : (code ?? 1);
  };
  return { child, ended: end() };
}

/**
 * Runs the app until it ends, and passes signals on to it.
 * @returns its exit code, as `Application.ended` does
 */
export async function runApplication(
  launchable: Launchable,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<number> {
  const application = startApplication(launchable, args, { environment });
  return withSignalHandler(
    () => application.child.kill('SIGTERM'),
    () => application.ended,
  );
}

/** Passes the app's stderr on. @returns what it has reported about the display so far */
function passOn(
  stderr: Readable | null,
  onLine: (line: string) => void,
  isShown: boolean,
): { noDisplay: boolean; notAdmitted: boolean } {
  const said = { noDisplay: false, notAdmitted: false };
  if (!stderr) return said;
  createInterface({ input: stderr }).on('line', (line) => {
    onLine(line);
    said.noDisplay ||= NO_DISPLAY.test(line);
    said.notAdmitted ||= NOT_ADMITTED.test(line);
    if (isShown && line && !CHROMIUM_NOTE.test(line)) process.stderr.write(`${line}\n`);
  });
  return said;
}

const displayName = () => process.env.DISPLAY || process.env.WAYLAND_DISPLAY;

function noDisplay(): SetupFailure {
  return new SetupFailure(`The display ${displayName()} cannot be opened.`, [
    'set DISPLAY to a running display, or run without one:',
    'env -u DISPLAY -u WAYLAND_DISPLAY npm start',
  ]);
}

function notAdmitted(account: string): SetupFailure {
  return new SetupFailure(
    `The display ${displayName()} does not admit the user "${account}", which runs the browser.`,
    ['run the command as the user of that display, or admit the account:', `xhost +SI:localuser:${account}`],
  );
}
