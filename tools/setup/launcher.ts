import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Account } from '../bootstrap/account.mjs';
import { SetupFailure, systemErrorCode } from '../bootstrap/failure.mjs';
import { checkout } from '../checkout.ts';
import type { Runtime } from './runtime.ts';

/** Commands that start something the one way it is ever started: as an ordinary user and on a display. */
export interface Launchers {
  /** The runtime, with its sandbox; takes Electron's own arguments. What `where` names as `electron`. */
  readonly electron: string;
  /** Any other command, given as its arguments. */
  readonly run: string;
}

const SCRIPTS = path.join(import.meta.dirname, '../launch');
const FOLDER = path.join(checkout, 'out/launch');

export function writeLaunchers(runtime: Runtime, account: Account | undefined): Launchers {
  const texts = launcherTexts(runtime, account);
  return { electron: write('electron', texts.electron), run: write('run', texts.run) };
}

/** @param account whom they change to when root calls them */
export function launcherTexts(runtime: Runtime, account: Account | undefined): Launchers {
  const variables: Record<string, string | number> = {
    runtime: runtime.folder,
    ...(account && { account: account.name, uid: account.uid, gid: account.gid, home: account.home }),
  };
  const head = Object.entries(variables).map(([name, value]) => `${name}=${quote(String(value))}`);
  const common = ['#!/bin/sh', ...head, '', script('common')];
  const asUserOnDisplay = [script('user'), script('display')];
  const command = ['set -- "$runtime/electron" "$@"', ''];
  return {
    electron: [...common, script('electron-arguments'), ...asUserOnDisplay, ...command, script('start')].join('\n'),
    run: [...common, ...asUserOnDisplay, script('start')].join('\n'),
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
      'run the command as the owner of the checkout, or in a clone of your own.',
      { cause: error },
    );
  }
  return file;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
