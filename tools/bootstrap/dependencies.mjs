import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  existsSync,
  constants as fileConstants,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { isRoot } from './account.mjs';
import { SetupFailure, systemErrorCode } from './failure.mjs';
import { explainInstall } from './install-failure.mjs';
import { withLock } from './lock.mjs';
import { say } from './log.mjs';
import { npmCli } from './npm.mjs';

/** Length of the package manager's output that is kept to explain its failure. */
const KEPT_CHARACTERS = 20_000;
const SHOWN_LINES = 20;
const hasProcessGroups = process.platform !== 'win32';

/**
 * Installs the dependencies of the lock file with the pnpm that package.json pins, unless a stamp shows that they are
 * installed.
 * @param {string} checkout
 */
export async function installDependencies(checkout) {
  const stamp = path.join(checkout, 'node_modules/.bulkhead-installed');
  const isInstalled = () =>
    existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(checkout) && isComplete(checkout);
  if (isInstalled()) return;
  makeWritableFolder(path.dirname(stamp));
  await withLock(
    path.join(checkout, 'node_modules/.bulkhead-install.lock'),
    'Installing the dependencies',
    async () => {
      if (isInstalled()) return;
      rmSync(stamp, { force: true });
      say('installing the dependencies from the lock file');
      await runPnpm(checkout, [
        'install',
        '--frozen-lockfile',
        '--reporter=append-only',
        '--config.confirmModulesPurge=false',
      ]);
      // The package store may have been filled with a stricter umask.
      if (isRoot()) spawnSync('chmod', ['-R', 'a+rX', path.join(checkout, 'node_modules')]);
      writeFileSync(stamp, fingerprint(checkout));
    },
  );
}

/** @param {string} folder */
function makeWritableFolder(folder) {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, fileConstants.W_OK);
  } catch (error) {
    throw new SetupFailure(
      `The dependencies are not installed and ${folder} cannot be written (${systemErrorCode(error)}).`,
      'run the command as the owner of the checkout, or in your own clone.',
    );
  }
}

/**
 * Returns a hash that changes with the set of dependencies.
 * @param {string} checkout
 */
function fingerprint(checkout) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`);
  const files = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', ...manifestsIn(checkout)];
  for (const file of files.map((each) => path.join(checkout, each)).filter((each) => existsSync(each))) {
    hash.update(path.relative(checkout, file)).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/**
 * Returns the package.json files of the workspace, as paths inside the checkout.
 * @param {string} checkout
 */
function manifestsIn(checkout) {
  const manifests = ['.', 'apps', 'packages', 'plugins'].flatMap((parent) =>
    readdirSync(path.join(checkout, parent)).map((name) => path.join(parent, name, 'package.json')),
  );
  return manifests.sort().filter((each) => existsSync(path.join(checkout, each)));
}

/**
 * Returns true if every dependency of the workspace's packages is installed. Some may have been removed.
 * @param {string} checkout
 */
export function isComplete(checkout) {
  return ['package.json', ...manifestsIn(checkout)].every((manifest) => {
    /** @type {{ dependencies?: object, devDependencies?: object }} */
    const { dependencies, devDependencies } = JSON.parse(readFileSync(path.join(checkout, manifest), 'utf8'));
    const folder = path.join(checkout, path.dirname(manifest), 'node_modules');
    return Object.keys({ ...dependencies, ...devDependencies }).every((name) => existsSync(path.join(folder, name)));
  });
}

/**
 * Returns the arguments with which Node runs the pnpm that package.json pins. npm fetches it.
 * @param {string} checkout
 */
export function pnpmCommand(checkout) {
  // Prefer offline: a pnpm in npm's cache needs no answer from the registry.
  return [npmCli(), 'exec', '--yes', '--prefer-offline', `--package=${pinnedPnpm(checkout)}`, '--', 'pnpm'];
}

/**
 * @param {string} checkout
 * @returns {string} such as pnpm@12.21.0
 */
function pinnedPnpm(checkout) {
  /** @type {{ packageManager: string }} */
  const { packageManager } = JSON.parse(readFileSync(path.join(checkout, 'package.json'), 'utf8'));
  return /** @type {string} */ (packageManager.split('+')[0]);
}

/**
 * @param {string} checkout
 * @param {string[]} args
 */
async function runPnpm(checkout, args) {
  const child = spawn(process.execPath, [...pnpmCommand(checkout), ...args], {
    cwd: checkout,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: hasProcessGroups, // its own process group, to end it as a whole
    env: {
      ...process.env,
      ...pnpmSettings(process.env),
      npm_config_loglevel: 'error',
      npm_config_update_notifier: 'false',
      // By default npm waits over a minute for a registry that does not answer.
      npm_config_fetch_retry_mintimeout: '1000',
      npm_config_fetch_retry_maxtimeout: '3000',
      pnpm_config_fetch_retry_mintimeout: '1000',
      pnpm_config_fetch_retry_maxtimeout: '3000',
    },
  });
  let output = '';
  const show = progressWriter();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output = (output + text).slice(-KEPT_CHARACTERS);
      show(text);
    });
  }
  const release = endWithThisProcess(child);
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  release();
  if (code === 0) return;
  throw explain(pinnedPnpm(checkout), output, checkout);
}

/**
 * Makes a signal to this process end the child's process group too.
 * @param {import('node:child_process').ChildProcess} child
 */
function endWithThisProcess(child) {
  /** @param {NodeJS.Signals} signal */
  const end = (signal) => {
    if (child.pid && hasProcessGroups) process.kill(-child.pid, 'SIGTERM');
    else child.kill();
    process.exit(128 + constants.signals[signal]);
  };
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.once(signal, end);
  return () => {
    for (const signal of signals) process.off(signal, end);
  };
}

/**
 * Returns npm's settings for the connection to the registry as variables for pnpm, which does not read npm's variables.
 * @param {NodeJS.ProcessEnv} environment
 */
function pnpmSettings(environment) {
  const settings = ['registry', 'https_proxy', 'proxy', 'noproxy', 'cafile', 'strict_ssl'];
  const given = settings.filter((name) => environment[`npm_config_${name}`]);
  return Object.fromEntries(given.map((name) => [`pnpm_config_${name}`, environment[`npm_config_${name}`]]));
}

/**
 * Shows the package manager's progress on one line of the terminal. Its other output is shown only if it fails.
 * @returns {(text: string) => void}
 */
function progressWriter() {
  let rest = '';
  return (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines.filter((each) => each.startsWith('Progress:'))) {
      const end = !process.stderr.isTTY || line.endsWith('done') ? '\n' : '';
      process.stderr.write(process.stderr.isTTY ? `\r\x1b[K  ${line}${end}` : `  ${line}${end}`);
    }
  };
}

/**
 * @param {string} pnpm
 * @param {string} output
 * @param {string} checkout
 */
function explain(pnpm, output, checkout) {
  const known = explainInstall(output, checkout);
  if (known) return known;
  process.stderr.write(`${output.split('\n').slice(-SHOWN_LINES).join('\n')}\n`);
  if (/EACCES|EROFS|EPERM|permission denied|read-only file system/i.test(output)) {
    return new SetupFailure(
      'The dependencies cannot be installed: a folder cannot be written (see above).',
      'run the command as the owner of the checkout and of ~/.npm.',
    );
  }
  return new SetupFailure(
    `The dependencies cannot be installed: ${pnpm} failed (see above).`,
    'fix the reported problem and run the command again.',
  );
}
