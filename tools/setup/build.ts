import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { SetupFailure, systemErrorCode } from '../bootstrap/failure.mjs';
import { withLock } from '../bootstrap/lock.mjs';
import { say } from '../bootstrap/log.mjs';
import { checkout } from '../checkout.ts';
import { collect } from './child.ts';
import { onExit } from './exit.ts';

const OUT = path.join(checkout, 'out');
const STAMP = path.join(OUT, '.built');

/** Bundles the app's sources into out/, unless a stamp shows that this is done. */
export async function ensureBuilt(): Promise<void> {
  if (isBuilt(sourceFingerprint())) return;
  try {
    mkdirSync(OUT, { recursive: true });
    writeFileSync(path.join(OUT, '.lock'), '');
  } catch (error) {
    throw new SetupFailure(
      `The application is not built and ${OUT} cannot be written (${systemErrorCode(error)}).`,
      'run the command as the owner of the checkout, or in your own clone.',
    );
  }
  await withLock(path.join(OUT, '.lock'), 'Building the application', async () => {
    const fingerprint = sourceFingerprint();
    if (isBuilt(fingerprint)) return;
    say('building the application');
    await build();
    writeFileSync(STAMP, fingerprint);
  });
}

function isBuilt(fingerprint: string): boolean {
  const made = [STAMP, path.join(OUT, 'main/browser.js')].every((file) => existsSync(file));
  return made && readFileSync(STAMP, 'utf8') === fingerprint;
}

/** Names what has been built, by its sources; null if nothing has. */
export function builtFingerprint(): string | null {
  return existsSync(STAMP) ? readFileSync(STAMP, 'utf8') : null;
}

/** Bundles into a new folder first, so that the previous build stays complete until the new one is. */
async function build(): Promise<void> {
  const incoming = mkdtempSync(path.join(OUT, '.incoming-'));
  const remove = onExit(() => rmSync(incoming, { recursive: true, force: true }));
  try {
    await runElectronVite(incoming);
    for (const part of readdirSync(incoming)) {
      rmSync(path.join(OUT, part), { recursive: true, force: true });
      renameSync(path.join(incoming, part), path.join(OUT, part));
    }
  } finally {
    remove();
  }
}

async function runElectronVite(outFolder: string): Promise<void> {
  const bundler = path.join(checkout, 'node_modules/electron-vite/bin/electron-vite.js');
  const args = [bundler, 'build', '--outDir', outFolder, '--logLevel', 'warn'];
  const { code, output } = await collect(process.execPath, args, { cwd: checkout });
  if (code === 0) return;
  throw explain(output);
}

/** Explains a failure from the bundler's output. Shows all output of an unknown failure. */
export function explain(output: string): SetupFailure {
  if (/ENOSPC|EDQUOT|no space left/i.test(output)) {
    return new SetupFailure(
      `The application cannot be built: the disk is full, at ${OUT}.`,
      'free 50 MB there and run the command again.',
    );
  }
  process.stderr.write(output);
  return new SetupFailure(
    'The application cannot be built (see above).',
    'fix the reported problem and run the command again.',
  );
}

/** Returns a hash that changes with the bundle. */
function sourceFingerprint(): string {
  const hash = createHash('sha256');
  const files = ['apps', 'packages', 'plugins'].flatMap(sourcesUnder);
  for (const file of [...files.sort(), 'electron.vite.config.ts', 'package.json', 'pnpm-lock.yaml']) {
    hash.update(`${file}\0`).update(readFileSync(path.join(checkout, file)));
  }
  return hash.digest('hex');
}

function sourcesUnder(folder: string): string[] {
  return readdirSync(path.join(checkout, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return ['node_modules', 'out'].includes(entry.name) ? [] : sourcesUnder(file);
    return entry.name.endsWith('.test.ts') ? [] : [file];
  });
}
