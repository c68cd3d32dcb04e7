import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Account } from '../bootstrap/account.mjs';
import { cacheFolder } from '../bootstrap/cache-folder.mjs';
import { SetupFailure, systemErrorCode } from '../bootstrap/failure.mjs';
import { checkout } from '../checkout.ts';
import type { Runtime } from './runtime.ts';

/**
 * Writes the command that starts the runtime: what `where` names as `electron`, for whoever wants to launch the
 * application. It takes Electron's own arguments.
 * @param account whom it changes to when root calls it
 * @returns its path
 */
export function writeLauncher(runtime: Runtime, account: Account | undefined): string {
  const file = path.join(checkout, 'out/launch/electron');
  const text = launcherText(runtime, account);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return file;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    const incoming = `${file}.${process.pid}`;
    writeFileSync(incoming, text);
    chmodSync(incoming, 0o755);
    renameSync(incoming, file);
  } catch (error) {
    throw new SetupFailure(
      `${path.dirname(file)} cannot be written (${systemErrorCode(error)}).`,
      'run the command as the owner of the checkout, or in a clone of your own.',
      { cause: error },
    );
  }
  return file;
}

function launcherText(runtime: Runtime, account: Account | undefined): string {
  const variables: Record<string, string | number> = {
    runtime: runtime.folder,
    ...(account && { account: account.name, uid: account.uid, gid: account.gid, home: account.home }),
    modules: path.join(cacheFolder(), 'modules'),
  };
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${quote(String(value))}`);
  const script = readFileSync(path.join(import.meta.dirname, '../launch/electron.sh'), 'utf8');
  return ['#!/bin/sh', ...lines, '', script].join('\n');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
