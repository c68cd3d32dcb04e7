// Replaces Electron's default_app: makes `electron PATH` work on a distribution without it.
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app as electronApp } from 'electron';

/**
 * Methods that Electron's default_app uses too and that its types lack.
 * @typedef {{ setVersion(version: string): void, setAppPath(path: string): void }} UndocumentedApp
 */
const app = /** @type {typeof electronApp & UndocumentedApp} */ (electronApp);

/**
 * @param {string} message
 * @returns {never}
 */
function end(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

const { preloads, target } = parse(process.argv.slice(1));
const require = createRequire(import.meta.url);
for (const preload of preloads) require(path.resolve(preload));
if (!target) end('Usage: electron [-r MODULE] PATH [ARGUMENT…]');
Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
try {
  // Awaited, because some calls of the app (registerSchemesAsPrivileged) must come before `ready`.
  await import(pathToFileURL(mainFile(path.resolve(target))).href);
} catch (error) {
  // Electron would show a dialog, which is invisible without a screen.
  end(error instanceof Error ? (error.stack ?? error.message) : String(error));
}

/** @param {string[]} args */
function parse(args) {
  /** @type {string[]} */
  const preloads = [];
  for (let index = 0; index < args.length; index++) {
    const argument = args[index] ?? '';
    if (argument === '-r' || argument === '--require') preloads.push(args[++index] ?? '');
    else if (argument.startsWith('--require=')) preloads.push(argument.slice('--require='.length));
    else if (!argument.startsWith('-')) return { preloads, target: argument };
  }
  return { preloads, target: undefined };
}

/**
 * Sets the app's name, version and path, and returns its main file.
 * @param {string} appPath
 */
function mainFile(appPath) {
  if (!statSync(appPath).isDirectory()) {
    app.setAppPath(path.dirname(appPath));
    return appPath;
  }
  const manifest = JSON.parse(readFileSync(path.join(appPath, 'package.json'), 'utf8'));
  app.setName(manifest.productName ?? manifest.name ?? 'Electron');
  if (manifest.version) app.setVersion(manifest.version);
  app.setAppPath(appPath);
  return path.join(appPath, manifest.main ?? 'index.js');
}
