import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { pnpmCommand } from '../bootstrap/dependencies.mjs';
import { npmCli } from '../bootstrap/npm.mjs';
import { checkout } from '../checkout.ts';

/** Longest time for one command, ms. npm may have to download the dependencies on a busy machine. */
const commandTimeoutMs = 240_000;

export interface InstalledPackage {
  /** Folder with the installation, outside the checkout. Every user can read it. */
  readonly folder: string;
  /** Folder of the package in node_modules. */
  readonly package: string;
  /** Runs Node in the folder and resolves to the program's output. Rejects if the program fails. */
  node(...args: string[]): Promise<string>;
  remove(): void;
}

/**
 * Packs a package of the workspace, as for the registry, and installs the tarball with npm into an empty folder.
 * @param beside more packages to install, in the versions of the package's devDependencies
 */
export async function packAndInstall(name: string, beside: readonly string[]): Promise<InstalledPackage> {
  const source = path.join(checkout, 'packages', name);
  const { devDependencies } = JSON.parse(readFileSync(path.join(source, 'package.json'), 'utf8'));
  const root = mkdtempSync(path.join(tmpdir(), `bulkhead-packed-${name}-`));
  const remove = () => rmSync(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  try {
    chmodSync(root, 0o755); // Electron runs as another user when root tests
    const folder = path.join(root, 'project');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'package.json'), '{ "private": true, "type": "module" }');
    await runNode([...pnpmCommand(checkout), 'pack', '--pack-destination', root], source);
    const tarball = readdirSync(root).find((file) => file.endsWith('.tgz')) ?? '';
    const more = beside.map((each) => `${each}@${devDependencies[each]}`);
    const options = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', '--umask=022'];
    await runNode([npmCli(), 'install', ...options, path.join(root, tarball), ...more], folder);
    return {
      folder,
      package: path.join(folder, 'node_modules/@bulkhead', name),
      node: (...args) => runNode(args, folder),
      remove,
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Runs this Node. Scripts of a package that start `node` get this Node too. */
async function runNode(args: readonly string[], cwd: string): Promise<string> {
  const PATH = [path.dirname(process.execPath), process.env.PATH].join(path.delimiter);
  const options = { cwd, env: { ...process.env, PATH }, timeout: commandTimeoutMs, maxBuffer: 1 << 26 };
  const { stdout } = await promisify(execFile)(process.execPath, args, options);
  return stdout;
}
