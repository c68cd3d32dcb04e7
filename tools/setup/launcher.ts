import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Account } from '../bootstrap/account.mjs';
import { SetupFailure, systemErrorCode } from '../bootstrap/failure.mjs';
import { checkout } from '../checkout.ts';
import type { Runtime } from './runtime.ts';

/** Commands that start a program as an ordinary user and with a display. */
export interface Launchers {
  /** Starts Electron with its sandbox; takes Electron's arguments. `npm run where` prints it as `electron`. */
  readonly electron: string;
  /** Starts the command in its arguments; undefined on Windows, where commands start directly. */
  readonly run: string | undefined;
}

/** Files and account that start the app. */
export interface Launchable {
  readonly launchers: Launchers;
  /** User that runs the app, if this process is root. */
  readonly account: Account | undefined;
}

/** Returns a command and its arguments with the launcher before them. */
export function launched(
  { run }: Launchers,
  [command, ...args]: readonly [string, ...string[]],
): [command: string, args: string[]] {
  return run === undefined ? [command, args] : [run, [command, ...args]];
}

const SCRIPTS = path.join(import.meta.dirname, '../launch');
const FOLDER = path.join(checkout, 'out/launch');

/** @param prefix of the names of their files */
export function writeLaunchers(
  runtime: Runtime,
  account: Account | undefined,
  { prefix = '', platform = process.platform }: { prefix?: string; platform?: NodeJS.Platform } = {},
): Launchers {
  // Windows has no sh. Playwright must ask for the sandbox itself, otherwise the app refuses to start.
  if (platform === 'win32') return { electron: runtime.executable, run: undefined };
  const texts = launcherTexts(runtime, account);
  return { electron: write(`${prefix}electron`, texts.electron), run: write(`${prefix}run`, texts.run) };
}

/** @param account user that the launchers change to if root calls them */
export function launcherTexts(
  runtime: Runtime,
  account: Account | undefined,
  platform: NodeJS.Platform = process.platform,
): Record<'electron' | 'run', string> {
  const variables: Record<string, string | number> = {
    executable: runtime.executable,
    ...(account && { account: account.name, uid: account.uid, gid: account.gid, home: account.home }),
  };
  const head = Object.entries(variables).map(([name, value]) => `${name}=${quote(String(value))}`);
  const common = ['#!/bin/sh', ...head, '', script('common')];
  // The virtual display and the end with the parent exist only on Linux.
  const isLinux = platform === 'linux';
  const asUserOnDisplay = [script('user'), ...(isLinux ? [script('display')] : [])];
  const command = ['set -- "$executable" "$@"', ''];
  const start = isLinux ? script('start') : 'exec "$@"\n';
  return {
    electron: [...common, script('electron-arguments'), ...asUserOnDisplay, ...command, start].join('\n'),
    run: [...common, ...asUserOnDisplay, start].join('\n'),
  };
}

function script(name: string): string {
  return readFileSync(path.join(SCRIPTS, `${name}.sh`), 'utf8');
}

function write(name: string, text: string): string {
  const file = path.join(FOLDER, name);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return file;
  try {
    mkdirSync(FOLDER, { recursive: true });
    const incoming = `${file}.${process.pid}`;
    writeFileSync(incoming, text);
    chmodSync(incoming, 0o755);
    renameSync(incoming, file);
  } catch (error) {
    throw new SetupFailure(
      `${FOLDER} cannot be written (${systemErrorCode(error)}).`,
      'run the command as the owner of the checkout, or in your own clone.',
      { cause: error },
    );
  }
  return file;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
