import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { cacheFolder, writableCacheFolder } from '../bootstrap/cache-folder.mjs';
import { builtFingerprint } from './build.ts';
import type { Runtime } from './runtime.ts';
import type { CheckResult } from './self-check.ts';

const FOLDER = 'checks';
const MOST_LATE_CHECKS = 3;

/** Content of the file about one runtime. */
interface Remembered {
  /** The checked runtime. Another executable at the same path is another runtime. */
  readonly runtime: Identity;
  readonly result: CheckResult;
  /** Fingerprint of the Bulkhead that was built: another one may run where this one failed. */
  readonly build: string | null;
  /** Number of checks in a row that were late. */
  readonly late: number;
}

interface Identity {
  readonly executable: string;
  readonly version: string;
  readonly bytes: number;
  readonly changedMs: number;
}

function identityOf({ executable, version }: Runtime): Identity {
  const { size, mtimeMs } = statSync(executable);
  return { executable, version, bytes: size, changedMs: mtimeMs };
}

/** Returns the file about a runtime on this machine, because machines may share the folder. */
export function fileOf({ executable }: Runtime): string {
  const name = createHash('sha256').update(`${hostname()}\0${executable}`).digest('hex').slice(0, 16);
  return path.join(cacheFolder(), FOLDER, `${name}.json`);
}

/**
 * Returns the result of an earlier check, if it still holds: that it passed, that it failed with the same build of
 * Bulkhead, or that it was late often enough.
 */
export function rememberedResult(runtime: Runtime, currentBuild = builtFingerprint()): CheckResult | undefined {
  const known = read(runtime);
  if (!known) return undefined;
  const { result, build, late } = known;
  if (result.outcome === 'failed' && build !== currentBuild) return undefined;
  if (result.outcome === 'late' && late < MOST_LATE_CHECKS) return undefined;
  return result;
}

/** @throws SetupFailure, or an error of the file system, if it cannot be written */
export function remember(runtime: Runtime, result: CheckResult): void {
  const late = result.outcome === 'late' ? (read(runtime)?.late ?? 0) + 1 : 0;
  const content: Remembered = { runtime: identityOf(runtime), result, build: builtFingerprint(), late };
  writableCacheFolder(FOLDER);
  const file = fileOf(runtime);
  const incoming = `${file}.${process.pid}`;
  writeFileSync(incoming, JSON.stringify(content));
  renameSync(incoming, file);
}

function read(runtime: Runtime): Remembered | undefined {
  const file = fileOf(runtime);
  if (!existsSync(file)) return undefined;
  try {
    const known = JSON.parse(readFileSync(file, 'utf8')) as Remembered;
    return JSON.stringify(known.runtime) === JSON.stringify(identityOf(runtime)) ? known : undefined;
  } catch {
    return undefined; // unreadable: check again
  }
}
